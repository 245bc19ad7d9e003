package dev.stoa.media.rtc.sctp;

/// Retransmission timeout from measured round trips (RFC 9260 §6.3.1, RFC 6298).
final class Rto {
    static final long INITIAL_NS = 1_000_000_000L;

    /// RFC 9260 §16 proposes 1 s for paths that carry bulk data of many hosts. Here a lost layer request freezes
    /// somebody's picture until it is repeated, and a needless repeat of a small DTLS record hurts nobody.
    /// Lower: repeats while a delayed SACK (200 ms in browsers) is under way. Higher: longer freezes.
    static final long MIN_NS = 200_000_000L;

    /// Cap for the backed-off timer. A blackout of seconds (network change, ICE restart) must heal soon after the
    /// path is back, not after a minute; at one small packet per 3 s there is nothing to protect.
    static final long MAX_NS = 3_000_000_000L;

    private long smoothedNs = -1;
    private long variationNs;
    private long rtoNs = INITIAL_NS;

    /// @param rttNs of a packet that was sent once (Karn's rule is the caller's)
    void sample(long rttNs) {
        if (smoothedNs < 0) {
            smoothedNs = rttNs;
            variationNs = rttNs / 2;
        } else {
            variationNs = (3 * variationNs + Math.abs(smoothedNs - rttNs)) / 4;
            smoothedNs = (7 * smoothedNs + rttNs) / 8;
        }
        rtoNs = clamp(smoothedNs + Math.max(4 * variationNs, 1));
    }

    void backOff() {
        rtoNs = clamp(rtoNs * 2);
    }

    long ns() {
        return rtoNs;
    }

    private static long clamp(long ns) {
        return Math.clamp(ns, MIN_NS, MAX_NS);
    }
}
