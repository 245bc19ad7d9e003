package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Collects arrivals and writes one [TransportCc] message. Add packets in rising sequence order; gaps become
/// "not received". Arrays are made once, nothing is allocated later. One thread at a time.
public final class TransportCcBuilder {
    /// Packets one message covers at most, received or not.
    public static final int MAX_STATUSES = 1024;

    private final byte[] symbols = new byte[MAX_STATUSES];
    private final short[] deltas = new short[MAX_STATUSES];
    private final short[] chunks = new short[MAX_STATUSES];
    private int count;
    private int deltaBytes;
    private long base;
    private long referenceUnits;
    private long lastTick;

    /// Forgets everything; the first packet covered will be `baseSequence` (widened).
    public void reset(long baseSequence) {
        base = baseSequence;
        count = 0;
        deltaBytes = 0;
        lastTick = 0;
        referenceUnits = 0;
    }

    /// Number of packets covered so far.
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /// Notes that packet `sequence` (widened) arrived at `arrivalUs` (not negative, any origin). False,
    /// changing nothing, when it is not after the last one, the message is full, or the time since the
    /// last arrival exceeds 16 bits of 250 us (about 8.19 s): write the message, then reset.
    public boolean add(long sequence, long arrivalUs) {
        long index = sequence - base;
        if (index < count || index >= MAX_STATUSES) {
            return false;
        }
        long tick = arrivalUs / TransportCc.TICK_US;
        boolean first = deltaBytes == 0;
        long units = first ? arrivalUs / TransportCc.REFERENCE_US : referenceUnits;
        long previous = first ? units * (TransportCc.REFERENCE_US / TransportCc.TICK_US) : lastTick;
        long delta = tick - previous;
        if (delta < Short.MIN_VALUE || delta > Short.MAX_VALUE) {
            return false;
        }
        while (count < index) {
            symbols[count++] = TransportCc.NOT_RECEIVED;
        }
        int symbol = delta >= 0 && delta <= 255 ? TransportCc.SMALL_DELTA : TransportCc.LARGE_DELTA;
        referenceUnits = units;
        lastTick = tick;
        symbols[count] = (byte) symbol;
        deltas[count++] = (short) delta;
        deltaBytes += symbol;
        return true;
    }

    /// Appends the message. False when there is nothing to tell or no room; the builder keeps its contents.
    ///
    /// @param feedbackCount low 8 bits are sent; raise by one per message
    public boolean write(RtcpWriter writer, int senderSsrc, int mediaSsrc, int feedbackCount) {
        if (count == 0) {
            return false;
        }
        int chunkCount = makeChunks();
        int body = 20 + 2 * chunkCount + deltaBytes;
        int size = (body + 3) / 4 * 4;
        long at = writer.feedback(RtcpReader.RTPFB, TransportCc.FORMAT, size, senderSsrc, mediaSsrc);
        if (at < 0) {
            return false;
        }
        MemorySegment buf = writer.buffer();
        Wire.put16(buf, at + 12, (int) base);
        Wire.put16(buf, at + 14, count);
        Wire.put24(buf, at + 16, (int) referenceUnits);
        Wire.put8(buf, at + 19, feedbackCount);
        for (int i = 0; i < chunkCount; i++) {
            Wire.put16(buf, at + 20 + 2L * i, chunks[i]);
        }
        writeDeltas(buf, at + 20 + 2L * chunkCount);
        for (int i = body; i < size; i++) {
            Wire.put8(buf, at + i, 0);
        }
        return true;
    }

    private void writeDeltas(MemorySegment buf, long start) {
        long at = start;
        for (int i = 0; i < count; i++) {
            if (symbols[i] == TransportCc.SMALL_DELTA) {
                Wire.put8(buf, at, deltas[i]);
            } else if (symbols[i] == TransportCc.LARGE_DELTA) {
                Wire.put16(buf, at, deltas[i]);
            }
            at += symbols[i];
        }
    }

    /// Takes, from left to right, the chunk kind that covers most: a run, 14 one-bit or 7 two-bit symbols.
    private int makeChunks() {
        int made = 0;
        int from = 0;
        while (from < count) {
            int run = runFrom(from);
            int oneBit = oneBitFrom(from);
            if (run >= Math.max(oneBit, 7) || run == count - from) {
                chunks[made++] = (short) (symbols[from] << 13 | run);
                from += run;
            } else if (oneBit >= 7) {
                chunks[made++] = (short) (0x8000 | pack(from, oneBit, 1, 13));
                from += oneBit;
            } else {
                int taken = Math.min(7, count - from);
                chunks[made++] = (short) (0xC000 | pack(from, taken, 2, 12));
                from += taken;
            }
        }
        return made;
    }

    private int runFrom(int from) {
        int end = from + 1;
        while (end < count && symbols[end] == symbols[from]) {
            end++;
        }
        return end - from;
    }

    /// How many symbols a one-bit vector takes: none may be large, and only the last vector may be short.
    private int oneBitFrom(int from) {
        int end = from;
        while (end < count && end - from < 14 && symbols[end] != TransportCc.LARGE_DELTA) {
            end++;
        }
        return end - from == 14 || end == count ? end - from : 0;
    }

    private int pack(int from, int taken, int bits, int firstShift) {
        int packed = 0;
        for (int i = 0; i < taken; i++) {
            packed |= symbols[from + i] << firstShift - bits * i;
        }
        return packed;
    }
}
