package dev.stoa.media.rtc.sctp;

/// Transmission sequence numbers, widened to `long` at the edge so that nothing inside meets the wrap (RFC 9260 §1.6).
final class Tsn {
    private static final long ABOVE_ZERO = 1L << 32;

    private Tsn() {}

    /// The long for the first number of a direction; one wrap above zero so that a predecessor is never negative.
    static long first(int wire) {
        return ABOVE_ZERO + Integer.toUnsignedLong(wire);
    }

    /// The long nearest to `reference` that has these 32 low bits.
    static long widen(int wire, long reference) {
        return reference + (wire - (int) reference);
    }
}
