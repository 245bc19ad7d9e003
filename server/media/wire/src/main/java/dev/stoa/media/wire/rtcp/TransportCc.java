package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Cursor over transport-wide congestion control feedback
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). Reusable view, never allocates.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P| FMT=15  |    PT=205     |            length             |
/// |                 SSRC of packet sender                         |
/// |                 SSRC of media source                          |
/// |    base sequence number       |      packet status count      |
/// |          reference time (64 ms units)         | fb pkt count  |
/// |          packet chunk         |         packet chunk …        |
/// |  recv delta (8 or 16 bits, 250 us units) …    | zero padding  |
/// ```
public final class TransportCc {
    /// One tick of a receive delta, in microseconds.
    public static final int TICK_US = 250;
    /// One unit of the reference time, in microseconds.
    public static final int REFERENCE_US = 64_000;

    static final int FORMAT = 15;
    static final int NOT_RECEIVED = 0;
    static final int SMALL_DELTA = 1;
    static final int LARGE_DELTA = 2;

    /// Stands for a run of no packets, which no sender has a reason to write; refused like symbol 3.
    private static final int EMPTY_RUN = 4;

    private MemorySegment buf = MemorySegment.NULL;
    private long packet;
    private long chunkAt;
    private long deltaAt;
    private int chunk;
    private int chunkUsed;
    private int chunkSize;
    private int statusesLeft;
    private int position;
    private boolean received;
    private int deltaTicks;
    private long arrivalTicks;

    /// False when the reader does not stand on such feedback, or its chunks and deltas do not fit.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.TRANSPORT_CC) {
            return false;
        }
        buf = reader.buffer();
        packet = reader.packetOffset();
        rewind();
        return findDeltas(packet + reader.packetLength());
    }

    private void rewind() {
        chunkAt = packet + 20;
        chunkUsed = 0;
        chunkSize = 0;
        statusesLeft = statusCount();
        position = -1;
        received = false;
        deltaTicks = 0;
        arrivalTicks = (long) referenceTime() * (REFERENCE_US / TICK_US);
    }

    /// The deltas begin where the last chunk ends, so the chunks are walked once ahead of reading.
    private boolean findDeltas(long end) {
        long deltaBytes = 0;
        while (statusesLeft > 0) {
            if (chunkUsed == chunkSize && end - chunkAt < 2) {
                statusesLeft = 0;
                return false;
            }
            int symbol = nextSymbol();
            if (symbol > LARGE_DELTA) {
                statusesLeft = 0;
                return false;
            }
            deltaBytes += symbol;
        }
        deltaAt = chunkAt;
        rewind();
        if (deltaBytes > end - deltaAt) {
            statusesLeft = 0;
            return false;
        }
        return true;
    }

    /// Moves to the next packet in sequence order, received or not; false at the end.
    public boolean next() {
        if (statusesLeft == 0) {
            return false;
        }
        int symbol = nextSymbol();
        position++;
        received = symbol != NOT_RECEIVED;
        deltaTicks = 0;
        if (symbol == SMALL_DELTA) {
            deltaTicks = Wire.u8(buf, deltaAt);
        } else if (symbol == LARGE_DELTA) {
            deltaTicks = (short) Wire.u16(buf, deltaAt);
        }
        deltaAt += symbol;
        arrivalTicks += deltaTicks;
        return true;
    }

    /// Symbol 1 has one delta byte, symbol 2 has two: symbol and size are the same number.
    private int nextSymbol() {
        if (chunkUsed == chunkSize) {
            chunk = Wire.u16(buf, chunkAt);
            chunkAt += 2;
            chunkUsed = 0;
            chunkSize = statusesIn(chunk);
            if (chunkSize == 0) {
                return EMPTY_RUN;
            }
        }
        statusesLeft--;
        int index = chunkUsed++;
        if ((chunk & 0x8000) == 0) {
            return chunk >>> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >>> 13 - index & 1 : chunk >>> 12 - 2 * index & 3;
    }

    private static int statusesIn(int chunk) {
        if ((chunk & 0x8000) == 0) {
            return chunk & 0x1FFF;
        }
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    /// First sequence number covered, 0 to 65535.
    public int baseSequence() {
        return Wire.u16(buf, packet + 12);
    }

    /// Number of packets covered, 0 to 65535.
    public int statusCount() {
        return Wire.u16(buf, packet + 14);
    }

    /// Receiver clock at the start, in units of 64 ms, signed 24 bits.
    public int referenceTime() {
        return Wire.u24(buf, packet + 16) << 8 >> 8;
    }

    /// Counts the feedback packets, 0 to 255.
    public int feedbackCount() {
        return Wire.u8(buf, packet + 19);
    }

    /// Sequence number of the current packet, 0 to 65535.
    public int sequenceNumber() {
        return baseSequence() + position & 0xFFFF;
    }

    /// Whether the current packet has arrived.
    public boolean received() {
        return received;
    }

    /// Time since the previous received packet (or the reference time) in microseconds, a multiple of 250; may be
    /// negative.
    public int deltaUs() {
        return deltaTicks * TICK_US;
    }

    /// Arrival on the receiver's clock in microseconds; wraps with the reference time every 2^24 * 64 ms.
    /// Only meaningful when [#received()].
    public long arrivalUs() {
        return arrivalTicks * TICK_US;
    }
}
