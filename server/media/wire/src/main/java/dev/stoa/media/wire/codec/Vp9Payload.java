package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Key frame test for VP9 (RFC 9628 §4.2). Any thread; never allocates.
///
/// ```
///    0 1 2 3 4 5 6 7
///   |I|P|L|F|B|E|V|Z|   required
///   |M| PICTURE ID  |   if I; 15 bits when M
///   | TID |U| SID |D|   if L
/// ```
public final class Vp9Payload {
    private Vp9Payload() {}

    /// Whether this is the first packet of a picture that refers to no earlier one: B, not P, lowest spatial layer.
    public static boolean isKeyFrameStart(MemorySegment buf, long offset, int length) {
        if (length < 1 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        int first = Wire.u8(buf, offset);
        boolean predicted = (first & 0x40) != 0;
        boolean begins = (first & 0x08) != 0;
        if (predicted || !begins) {
            return false;
        }
        if ((first & 0x20) == 0) {
            return true;
        }
        int layerAt = 1 + pictureIdBytes(buf, offset, length, first);
        return layerAt < length && (Wire.u8(buf, offset + layerAt) >>> 1 & 7) == 0;
    }

    private static int pictureIdBytes(MemorySegment buf, long offset, int length, int first) {
        if ((first & 0x80) == 0) {
            return 0;
        }
        return length > 1 && (Wire.u8(buf, offset + 1) & 0x80) != 0 ? 2 : 1;
    }
}
