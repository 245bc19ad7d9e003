package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Cursor over the report blocks of an SR or RR (RFC 3550 §6.4.1). Reusable view, never allocates.
public final class ReportBlocks {
    /// Bytes of one block.
    static final int SIZE = 24;

    private MemorySegment buf = MemorySegment.NULL;
    private long at;
    private int left;

    /// False when the reader stands on neither SR nor RR.
    public boolean wrap(RtcpReader reader) {
        boolean sender = reader.kind() == RtcpKind.SENDER_REPORT;
        if (!sender && reader.kind() != RtcpKind.RECEIVER_REPORT) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset() + (sender ? 28 : 8) - SIZE;
        left = reader.count();
        return true;
    }

    /// Moves to the next block; false at the end.
    public boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        at += SIZE;
        return true;
    }

    /// The source this block reports on.
    public int ssrc() {
        return Wire.i32(buf, at);
    }

    /// Loss since the previous report in 1/256, 0 to 255.
    public int fractionLost() {
        return Wire.u8(buf, at + 4);
    }

    /// Packets lost so far, 24 bits signed: duplicates make it negative.
    public int cumulativeLost() {
        return Wire.u24(buf, at + 5) << 8 >> 8;
    }

    /// Cycles in the high 16 bits, sequence number in the low ones.
    public long extendedHighestSequence() {
        return Wire.u32(buf, at + 8);
    }

    /// Interarrival jitter in units of the RTP clock.
    public long jitter() {
        return Wire.u32(buf, at + 12);
    }

    /// Compact NTP of the last SR received from the source, 0 when none.
    public int lastSenderReport() {
        return Wire.i32(buf, at + 16);
    }

    /// Time from that SR to this block in 1/65536 s, 0 when none.
    public long delaySinceLastSenderReport() {
        return Wire.u32(buf, at + 20);
    }
}
