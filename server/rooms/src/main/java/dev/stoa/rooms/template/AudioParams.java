package dev.stoa.rooms.template;

/// @param bitRate kbit/s, 16..128
/// @param codec `opus`
public record AudioParams(int bitRate, String codec) {
    public static final AudioParams DEFAULT = new AudioParams(32, "opus");
}
