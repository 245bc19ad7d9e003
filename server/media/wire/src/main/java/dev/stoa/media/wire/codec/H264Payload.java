package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// What forwarding needs of H.264 packets: single NAL units, STAP-A and FU-A (RFC 6184 §5.6 to 5.8). Any
/// thread; never allocates.
public final class H264Payload {
    /// Coded slice of an IDR picture.
    public static final int IDR = 5;
    /// Sequence parameter set; encoders repeat it before each IDR picture.
    public static final int SPS = 7;

    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264Payload() {}

    /// Whether a decoder can begin here: the packet holds an SPS, or the start of an IDR slice. With encoders
    /// that repeat parameter sets the SPS comes first; ask [#contains] for [#SPS] to insist on it.
    public static boolean isKeyFrameStart(MemorySegment buf, long offset, int length) {
        return contains(buf, offset, length, SPS) || contains(buf, offset, length, IDR);
    }

    /// Whether a NAL unit of `type` (1 to 23) is in the packet or starts in it.
    public static boolean contains(MemorySegment buf, long offset, int length, int type) {
        if (length < 2 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        int packetType = Wire.u8(buf, offset) & 0x1F;
        if (packetType == STAP_A) {
            return aggregateContains(buf, offset, length, type);
        }
        if (packetType == FU_A) {
            int header = Wire.u8(buf, offset + 1);
            return (header & 0x80) != 0 && (header & 0x1F) == type;
        }
        return packetType == type;
    }

    private static boolean aggregateContains(MemorySegment buf, long offset, int length, int type) {
        int at = 1;
        while (at + 3 <= length) {
            int size = Wire.u16(buf, offset + at);
            if (size == 0 || at + 2 + size > length) {
                return false;
            }
            if ((Wire.u8(buf, offset + at + 2) & 0x1F) == type) {
                return true;
            }
            at += 2 + size;
        }
        return false;
    }
}
