package dev.stoa.media.wire.rtp;

/// Widens wrapping counters to `long` at the edge, so that inner code never meets wrap-around. The
/// nearest value to the last one is taken: half the range ahead, half behind (RFC 3550 A.1 in spirit).
/// Any thread; never allocates.
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /// A start value for a stream, one range above zero so that packets older than the first stay positive.
    public static long first(int seq16) {
        return 0x1_0000L + (seq16 & 0xFFFF);
    }

    /// The long nearest to `lastUnwrapped` whose low 16 bits are `seq16`; at most 32767 ahead or 32768 behind.
    public static long unwrap(long lastUnwrapped, int seq16) {
        return lastUnwrapped + (short) (seq16 - (int) lastUnwrapped);
    }

    /// A start value for timestamps, one range above zero.
    public static long firstTimestamp(int timestamp32) {
        return 0x1_0000_0000L + (timestamp32 & 0xFFFF_FFFFL);
    }

    /// The long nearest to `lastUnwrapped` whose low 32 bits are `timestamp32`.
    public static long unwrapTimestamp(long lastUnwrapped, int timestamp32) {
        return lastUnwrapped + (timestamp32 - (int) lastUnwrapped);
    }

    /// The low 16 bits, as they go on the wire.
    public static int truncate(long seq) {
        return (int) seq & 0xFFFF;
    }
}
