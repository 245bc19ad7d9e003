package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Sender information of an SR (RFC 3550 §6.4.1); its report blocks are read by [ReportBlocks]. Reusable view, never
/// allocates.
public final class SenderReport {
    private MemorySegment buf = MemorySegment.NULL;
    private long at;

    /// False when the reader does not stand on an SR.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.SENDER_REPORT) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset();
        return true;
    }

    public int ssrc() {
        return Wire.i32(buf, at + 4);
    }

    /// Wall clock as 64-bit NTP: seconds since 1900, 32 fractional bits.
    public long ntpTimestamp() {
        return Wire.i64(buf, at + 8);
    }

    /// The middle 32 bits of [#ntpTimestamp()], which receivers return as LSR.
    public int compactNtp() {
        return Wire.i32(buf, at + 10);
    }

    public int rtpTimestamp() {
        return Wire.i32(buf, at + 16);
    }

    /// Packets sent so far, modulo 2^32.
    public long packetCount() {
        return Wire.u32(buf, at + 20);
    }

    /// Payload bytes sent so far, modulo 2^32.
    public long octetCount() {
        return Wire.u32(buf, at + 24);
    }
}
