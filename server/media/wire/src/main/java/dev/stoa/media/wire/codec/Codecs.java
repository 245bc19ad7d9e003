package dev.stoa.media.wire.codec;

import java.lang.foreign.MemorySegment;

/// Questions asked of a payload whatever its codec. Any thread; never allocates.
public final class Codecs {
    private Codecs() {}

    /// Whether decoding can begin with this packet. Always true for audio and for codecs we cannot look
    /// into, so that they are forwarded from the first packet; never for RTX and FEC, which only repair.
    public static boolean isKeyFrameStart(CodecKind kind, MemorySegment buf, long offset, int length) {
        return switch (kind) {
            case VP8 -> Vp8Payload.isKeyFrameStart(buf, offset, length);
            case VP9 -> Vp9Payload.isKeyFrameStart(buf, offset, length);
            case H264 -> H264Payload.isKeyFrameStart(buf, offset, length);
            case AV1 -> Av1Payload.isKeyFrameStart(buf, offset, length);
            case OPUS, OTHER, RED -> true;
            case RTX, ULPFEC -> false;
        };
    }
}
