package dev.stoa.media.wire.codec;

import java.util.Locale;

/// Encodings forwarding makes a difference between.
public enum CodecKind {
    OPUS,
    VP8,
    VP9,
    H264,
    AV1,
    RTX,
    RED,
    ULPFEC,
    OTHER;

    /// By the encoding name of `a=rtpmap`, whatever its case (RFC 4855 §3).
    public static CodecKind of(String encodingName) {
        return switch (encodingName.toLowerCase(Locale.ROOT)) {
            case "opus" -> OPUS;
            case "vp8" -> VP8;
            case "vp9" -> VP9;
            case "h264" -> H264;
            case "av1" -> AV1;
            case "rtx" -> RTX;
            case "red" -> RED;
            case "ulpfec" -> ULPFEC;
            default -> OTHER;
        };
    }
}
