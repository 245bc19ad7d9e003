package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Questions asked of a payload whatever its codec. Any thread; never allocates.
public final class Codecs {
    private Codecs() {}

    /// Whether decoding can begin with this packet. Always true for audio and for codecs we cannot look
    /// into, so that they are forwarded from the first packet; never for RTX and FEC, which only repair.
    public static boolean isKeyFrameStart(CodecKind kind, MemorySegment buf, long offset, int length) {
        return switch (kind) {
            case VP8 -> isVp8KeyFrameStart(buf, offset, length);
            case VP9 -> Vp9Payload.isKeyFrameStart(buf, offset, length);
            case H264 -> H264Payload.isKeyFrameStart(buf, offset, length);
            case AV1 -> Av1Payload.isKeyFrameStart(buf, offset, length);
            case OPUS, OTHER, RED -> true;
            case RTX, ULPFEC -> false;
        };
    }

    /// As [Vp8Payload#isKeyFrameStart()], without a view, since one made here would be garbage per packet.
    private static boolean isVp8KeyFrameStart(MemorySegment buf, long offset, int length) {
        if (length < 2 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        int first = Wire.u8(buf, offset);
        int data = 1;
        if ((first & 0x80) != 0) {
            int flags = Wire.u8(buf, offset + 1);
            boolean wide = (flags & 0x80) != 0 && length > 2 && (Wire.u8(buf, offset + 2) & 0x80) != 0;
            data = 2 + Integer.bitCount(flags & 0xC0) + ((flags & 0x30) != 0 ? 1 : 0) + (wide ? 1 : 0);
        }
        return (first & 0x17) == 0x10 && data < length && (Wire.u8(buf, offset + data) & 0x01) == 0;
    }
}
