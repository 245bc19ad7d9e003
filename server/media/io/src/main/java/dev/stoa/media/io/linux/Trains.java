package dev.stoa.media.io.linux;

import java.util.Arrays;

/// Groups the datagrams of one flush into trains, each for one system message (`UDP_SEGMENT`).
///
/// The kernel cuts a train every [#segmentBytes] bytes, so all segments but the last have that size. A datagram joins
/// the latest train of its destination or begins a new one behind it, which keeps the order per destination. Between
/// destinations order does not matter.
///
/// ```
/// slots    a1 b1 a2 b2 a3 b3       a1, a2 as long as each other, a3 shorter
/// trains   a1-a2-a3   b1-b2-b3
/// ```
///
/// Nothing is allocated after the constructor. Single owner thread.
final class Trains {
    /// Most of the gain is had at 8 to 16; longer ones would only make bursts on the wire.
    static final int MAX_SEGMENTS = 16;

    /// What one message may carry over IPv4.
    private static final int MAX_BYTES = 65_507;

    private static final int NONE = -1;

    private final int[] first;
    private final int[] last;
    private final int[] segments;
    private final int[] segmentBytes;
    private final int[] bytes;
    private final boolean[] complete;
    private final long[] high;
    private final long[] low;
    private final int[] port;
    private final int[] bucketOf;
    /// Slot to the next slot of its train.
    private final int[] next;
    /// Destination to its latest train; open addressing, at most half full.
    private final int[] latest;
    private final int mask;
    private int count;

    Trains(int slots) {
        first = new int[slots];
        last = new int[slots];
        segments = new int[slots];
        segmentBytes = new int[slots];
        bytes = new int[slots];
        complete = new boolean[slots];
        high = new long[slots];
        low = new long[slots];
        port = new int[slots];
        bucketOf = new int[slots];
        next = new int[slots];
        int buckets = Integer.highestOneBit(Math.max(2, slots * 2 - 1)) * 2;
        latest = new int[buckets];
        mask = buckets - 1;
        Arrays.fill(latest, NONE);
    }

    /// Adds a datagram; true when it began a train, which then has the number [#count()] - 1.
    ///
    /// @param alone whether it must neither join a train nor lead one
    boolean add(int slot, long high, long low, int port, int length, boolean alone) {
        next[slot] = NONE;
        int bucket = bucket(high, low, port);
        int train = latest[bucket];
        if (train == NONE || alone || !joins(train, length)) {
            begin(bucket, slot, high, low, port, length, alone);
            return true;
        }
        next[last[train]] = slot;
        last[train] = slot;
        segments[train]++;
        bytes[train] += length;
        complete[train] = length < segmentBytes[train];
        return false;
    }

    private boolean joins(int train, int length) {
        return !complete[train]
                && length > 0
                && length <= segmentBytes[train]
                && segments[train] < MAX_SEGMENTS
                && bytes[train] + length <= MAX_BYTES;
    }

    private void begin(int bucket, int slot, long high, long low, int port, int length, boolean alone) {
        int train = count++;
        first[train] = slot;
        last[train] = slot;
        segments[train] = 1;
        segmentBytes[train] = length;
        bytes[train] = length;
        complete[train] = alone;
        this.high[train] = high;
        this.low[train] = low;
        this.port[train] = port;
        bucketOf[train] = bucket;
        latest[bucket] = train;
    }

    private int bucket(long high, long low, int port) {
        long mixed = (high * 31 + low ^ (long) port << 16) * 0x9E37_79B9_7F4A_7C15L;
        int bucket = (int) (mixed >>> 40) & mask;
        while (latest[bucket] != NONE && !isFor(latest[bucket], high, low, port)) {
            bucket = bucket + 1 & mask;
        }
        return bucket;
    }

    private boolean isFor(int train, long high, long low, int port) {
        return this.low[train] == low && this.port[train] == port && this.high[train] == high;
    }

    int count() {
        return count;
    }

    int firstSlot(int train) {
        return first[train];
    }

    /// The slot behind `slot` in its train, negative at the end.
    int nextSlot(int slot) {
        return next[slot];
    }

    int segments(int train) {
        return segments[train];
    }

    int segmentBytes(int train) {
        return segmentBytes[train];
    }

    int bytes(int train) {
        return bytes[train];
    }

    long high(int train) {
        return high[train];
    }

    long low(int train) {
        return low[train];
    }

    void clear() {
        for (int train = 0; train < count; train++) {
            latest[bucketOf[train]] = NONE;
        }
        count = 0;
    }
}
