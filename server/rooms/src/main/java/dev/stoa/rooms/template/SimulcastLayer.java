package dev.stoa.rooms.template;

/// @param rid `f`, `h` or `q`
/// @param scaleResolutionDownBy 1.0..12.0
/// @param maxBitrate kbit/s, 0..2000
/// @param maxFramerate 1..30
public record SimulcastLayer(String rid, double scaleResolutionDownBy, int maxBitrate, int maxFramerate) {}
