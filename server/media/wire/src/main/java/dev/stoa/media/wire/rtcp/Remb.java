package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 §2.2). Reusable view, never allocates.
///
/// ```
/// | "REMB" | Num SSRC (8) | BR exp (6) | BR mantissa (18) | SSRC … |
/// ```
public final class Remb {
    static final int FORMAT = 15;

    private MemorySegment buf = MemorySegment.NULL;
    private long at;

    /// False when the reader does not stand on a REMB.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.REMB) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset();
        return true;
    }

    public int senderSsrc() {
        return Wire.i32(buf, at + 4);
    }

    /// Bits per second; Long.MAX_VALUE when the number sent does not fit.
    public long bitrateBps() {
        int bits = Wire.u24(buf, at + 17);
        int exponent = bits >>> 18;
        long mantissa = bits & 0x3_FFFF;
        boolean fits = mantissa == 0 || exponent < Long.numberOfLeadingZeros(mantissa);
        return fits ? mantissa << exponent : Long.MAX_VALUE;
    }

    /// 0 to 255.
    public int ssrcCount() {
        return Wire.u8(buf, at + 16);
    }

    /// A stream the limit applies to; `index` 0 to [#ssrcCount()] - 1.
    public int ssrc(int index) {
        return Wire.i32(buf, at + 20 + 4L * index);
    }
}
