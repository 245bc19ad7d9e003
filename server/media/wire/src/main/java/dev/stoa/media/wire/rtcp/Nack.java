package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Cursor over the sequence numbers a generic NACK asks for (RFC 4585 §6.2.1). Reusable view, never
/// allocates.
///
/// ```
/// |  packet id, 16 bits           |  bitmask of the next 16       |   repeated
/// ```
public final class Nack {
    static final int FORMAT = 1;

    private MemorySegment buf = MemorySegment.NULL;
    private long at;
    private long end;
    private int packetId;
    private int mask;
    private int sequenceNumber;
    private int senderSsrc;
    private int mediaSsrc;

    /// False when the reader does not stand on a NACK.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.NACK) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset() + 12;
        end = reader.packetOffset() + reader.packetLength();
        mask = 0;
        senderSsrc = reader.senderSsrc();
        mediaSsrc = reader.mediaSsrc();
        return true;
    }

    /// Moves to the next lost packet; false at the end.
    public boolean next() {
        if (mask != 0) {
            int bit = Integer.numberOfTrailingZeros(mask);
            mask &= mask - 1;
            sequenceNumber = packetId + bit + 1 & 0xFFFF;
            return true;
        }
        if (end - at < 4) {
            return false;
        }
        packetId = Wire.u16(buf, at);
        mask = Wire.u16(buf, at + 2);
        sequenceNumber = packetId;
        at += 4;
        return true;
    }

    /// 0 to 65535.
    public int sequenceNumber() {
        return sequenceNumber;
    }

    public int senderSsrc() {
        return senderSsrc;
    }

    /// The stream whose packets are missing.
    public int mediaSsrc() {
        return mediaSsrc;
    }
}
