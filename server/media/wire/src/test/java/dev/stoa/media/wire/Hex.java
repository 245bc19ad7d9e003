package dev.stoa.media.wire;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// Bytes of tests written as hexadecimal with blanks and line breaks.
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    public static MemorySegment segment(String hex) {
        return MemorySegment.ofArray(bytes(hex));
    }
}
