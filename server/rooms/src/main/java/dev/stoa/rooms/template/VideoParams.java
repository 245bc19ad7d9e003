package dev.stoa.rooms.template;

/// Camera or screen picture of a role.
///
/// @param bitRate kbit/s; 30..2000 for a camera, at least 500 for a screen
/// @param codec `vp8`, `h264`, `vp9` or `av1`
/// @param frameRate frames per second, 1..30
/// @param width pixels
/// @param height pixels
public record VideoParams(int bitRate, String codec, int frameRate, int width, int height) {}
