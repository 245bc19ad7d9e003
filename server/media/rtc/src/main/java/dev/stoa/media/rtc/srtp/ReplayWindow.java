package dev.stoa.media.rtc.srtp;

/// Which of the last packet indices were seen (RFC 3711 §3.3.2), as a ring of bits (RFC 6479).
///
/// Not thread-safe.
final class ReplayWindow {
    private static final int WORDS = 16;
    private static final int MASK = WORDS - 1;

    /// Indices that are told apart, in packets. One word of the ring is always partly in the future.
    static final int SIZE = (WORDS - 1) * 64;

    private final long[] bits = new long[WORDS];
    private long highest = -1;

    /// Highest index marked; -1 when there is none.
    long highest() {
        return highest;
    }

    /// See [SrtpSession#fetch].
    long fetch() {
        return bits[0] + bits[WORDS / 2] + highest;
    }

    /// True when `index` is neither marked nor too old to know.
    boolean isFresh(long index) {
        if (index < 0 || index <= highest - SIZE) {
            return false;
        }
        return index > highest || (bits[(int) (index >>> 6) & MASK] & (1L << index)) == 0;
    }

    /// Marks an index for which [#isFresh] was true.
    void mark(long index) {
        if (index > highest) {
            forget(index);
            highest = index;
        }
        bits[(int) (index >>> 6) & MASK] |= 1L << index;
    }

    private void forget(long index) {
        long from = highest < 0 ? 0 : highest >>> 6;
        long words = Math.min((index >>> 6) - from, WORDS);
        for (long i = 1; i <= words; i++) {
            bits[(int) (from + i) & MASK] = 0;
        }
    }
}
