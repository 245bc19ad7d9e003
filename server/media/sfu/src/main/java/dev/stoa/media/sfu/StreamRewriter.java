package dev.stoa.media.sfu;

import dev.stoa.media.wire.rtp.SequenceNumbers;
import org.jspecify.annotations.Nullable;

/// Sequence numbers and timestamps of one forwarded stream, made of one source stream after another.
///
/// While a source flows, numbers differ from the source's by a constant, so the source's gaps stay gaps and late
/// repairs fit in. A *segment* begins where the source changes or the flow resumes: the sequence goes on without a gap,
/// the timestamp by the time that passed for the camera where both sources told their clock in sender reports
/// (RFC 3550 §6.4.1), else by the time that passed here (§5.1: timestamps follow the sampling instant). The last
/// [#HISTORY] segments are remembered to find the source packet of a sequence number a subscriber asks for again. Once
/// a
/// packet was left out, [ThinnedNumbers] closes the gaps.
final class StreamRewriter {
    /// How many segments are remembered.
    static final int HISTORY = 8;
    /// A source timestamp further from the expected one is a new time base, not jitter. In seconds.
    private static final int MAX_DEVIATION_S = 5;

    private final int clockRate;
    private final int remembered;
    private final @Nullable PublishedStream[] sources = new PublishedStream[HISTORY];
    private final long[] firstSeqs = new long[HISTORY];
    private final long[] seqOffsets = new long[HISTORY];
    private final int[] timestampOffsets = new int[HISTORY];
    private int segments;

    private long seqOffset;
    private int timestampOffset;
    private long segmentStart;
    private long highestSeq;
    private int highestTimestamp;
    private long highestNs;
    private @Nullable ThinnedNumbers thinned;

    /// @param firstSeq16 first sequence number sent
    /// @param firstTimestamp first timestamp sent
    /// @param remembered numbers whose packets are known once packets are left out, a power of 2
    StreamRewriter(int clockRate, int firstSeq16, int firstTimestamp, int remembered) {
        this.clockRate = clockRate;
        this.remembered = remembered;
        this.highestSeq = SequenceNumbers.first(firstSeq16) - 1;
        this.highestTimestamp = firstTimestamp;
    }

    /// Begins a segment with the given packet of `source`.
    void startSegment(PublishedStream source, long seq, int timestamp, long nowNs) {
        segmentStart = highestSeq + 1;
        seqOffset = segmentStart - seq;
        timestampOffset = nextTimestampOffset(source, timestamp, nowNs);
        int slot = segments++ % HISTORY;
        sources[slot] = source;
        firstSeqs[slot] = segmentStart;
        seqOffsets[slot] = seqOffset;
        timestampOffsets[slot] = timestampOffset;
        if (thinned != null) {
            thinned.startSegment(seq);
        }
    }

    private int nextTimestampOffset(PublishedStream source, int timestamp, long nowNs) {
        if (segments == 0) {
            return highestTimestamp - timestamp;
        }
        long elapsed = ticks(nowNs - highestNs);
        int expected = highestTimestamp + (int) Math.max(1, elapsed);
        PublishedStream previous = sources[segment()];
        int kept;
        if (previous == source) {
            kept = timestamp + timestampOffset;
        } else if (previous != null
                && previous.clock().isKnown()
                && source.clock().isKnown()) {
            kept = previous.clock().sameInstant(source.clock(), timestamp) + timestampOffset;
        } else {
            return expected - timestamp;
        }
        boolean plausible = Math.abs((long) (kept - expected)) <= (long) MAX_DEVIATION_S * clockRate;
        if (!plausible) {
            return expected - timestamp;
        }
        // The same picture in another encoding: not the same frame.
        return Math.max(kept - highestTimestamp, 1) + highestTimestamp - timestamp;
    }

    /// Index of the present segment, for [#source], [#sourceSeq] and whoever keeps more about segments.
    int segment() {
        return (segments - 1) % HISTORY;
    }

    /// The number to send for a source packet; -1 when it belongs before the segment.
    ///
    /// @param endsPicture it ends its picture for this receiver, though not for others
    long sequence(long seq, boolean endsPicture) {
        if (seq + seqOffset < segmentStart) {
            return -1;
        }
        if (endsPicture && thinned == null) {
            thin();
        }
        return thinned == null ? seq + seqOffset : thinned.send(seq, seqOffset, endsPicture);
    }

    /// Leaves a source packet out. Returns the number a packet without payload has to take instead, -1 when none has.
    ///
    /// @param newPicture it is the first packet of its picture that came
    long drop(long seq, boolean newPicture) {
        if (seq + seqOffset < segmentStart) {
            return -1;
        }
        ThinnedNumbers numbers = thinned == null ? thin() : thinned;
        return numbers.drop(seq, seqOffset, newPicture);
    }

    private ThinnedNumbers thin() {
        ThinnedNumbers numbers = new ThinnedNumbers(remembered, highestSeq - seqOffset);
        thinned = numbers;
        return numbers;
    }

    int timestamp(int timestamp) {
        return timestamp + timestampOffset;
    }

    /// Notes that a packet was sent.
    void sent(long outSeq, int outTimestamp, long nowNs) {
        if (outSeq > highestSeq) {
            highestSeq = outSeq;
            if (outTimestamp - highestTimestamp >= 0) {
                highestTimestamp = outTimestamp;
                highestNs = nowNs;
            }
        }
    }

    /// The sent number nearest to the last one with these low bits.
    long widen(int seq16) {
        return SequenceNumbers.unwrap(highestSeq, seq16);
    }

    /// Source number the present segment began with.
    long firstSourceSeq() {
        return segmentStart - seqOffset;
    }

    /// True for a sent number of an earlier segment.
    boolean isBeforeSegment(long outSeq) {
        return outSeq < segmentStart;
    }

    /// The remembered segment that held a sent number, as an index for [#source] and [#sourceSeq]; -1 when forgotten.
    int segmentOf(long outSeq) {
        if (outSeq > highestSeq) {
            return -1;
        }
        for (int i = segments - 1; i >= 0 && i >= segments - HISTORY; i--) {
            if (outSeq >= firstSeqs[i % HISTORY]) {
                return i % HISTORY;
            }
        }
        return -1;
    }

    @Nullable
    PublishedStream source(int segment) {
        return sources[segment];
    }

    long sourceSeq(int segment, long outSeq) {
        long seq = outSeq - seqOffsets[segment];
        if (thinned == null) {
            return seq;
        }
        return thinned.remembers(outSeq, highestSeq) ? seq + thinned.drops(outSeq) : -1;
    }

    /// Pictures left out before a number sent.
    int pictures(long outSeq) {
        return thinned == null ? 0 : thinned.pictures(outSeq);
    }

    /// A number sent without payload.
    boolean isFiller(long outSeq) {
        return thinned != null && thinned.isFiller(outSeq);
    }

    /// A number sent as the end of its picture, for this receiver.
    boolean endsPicture(long outSeq) {
        return thinned != null && thinned.endsPicture(outSeq);
    }

    int timestamp(int segment, int timestamp) {
        return timestamp + timestampOffsets[segment];
    }

    /// True until the first packet was sent.
    boolean isFresh() {
        return segments == 0;
    }

    long highestSeq() {
        return highestSeq;
    }

    int highestTimestamp() {
        return highestTimestamp;
    }

    /// When [#highestTimestamp] was sent.
    long highestNs() {
        return highestNs;
    }

    /// Forgets a source whose packets are gone.
    void forget(PublishedStream source) {
        for (int i = 0; i < HISTORY; i++) {
            if (sources[i] == source) {
                sources[i] = null;
            }
        }
    }

    private long ticks(long ns) {
        return ns / 1000 * clockRate / 1_000_000;
    }
}
