package dev.stoa.media.rtc.bwe;

import java.util.Arrays;

/// What arrived in the last moments, unsmoothed. While a queue grows the link is busy, so this is what it carries: the
/// smoothed rate still remembers the time before, which is too much after a fall and too little after a key frame.
final class RecentArrivals {
    private static final int SLOTS = 128;
    private static final long WINDOW_NS = 120_000_000L;
    private static final int MIN_PACKETS = 5;
    /// Arrivals further apart than this are not one busy period.
    private static final long MAX_SPAN_NS = 1_000_000_000L;

    private final long[] arrivalNs = new long[SLOTS];
    private final int[] bytes = new int[SLOTS];
    private int count;

    RecentArrivals() {
        Arrays.fill(arrivalNs, Long.MIN_VALUE);
    }

    void add(long arrivalNs, int bytes) {
        int at = count++ & SLOTS - 1;
        this.arrivalNs[at] = arrivalNs;
        this.bytes[at] = bytes;
    }

    /// In bits per second, -1 = unknown.
    long bps() {
        if (count < MIN_PACKETS) {
            return -1;
        }
        long newestNs = arrivalNs[count - 1 & SLOTS - 1];
        long spanNs = 0;
        long total = 0;
        int limit = Math.min(count, SLOTS);
        for (int k = 1; k < limit && (k < MIN_PACKETS || spanNs < WINDOW_NS); k++) {
            // The oldest packet's bytes were on the way before its arrival.
            total += bytes[count - k & SLOTS - 1];
            spanNs = Math.max(spanNs, newestNs - arrivalNs[count - k - 1 & SLOTS - 1]);
        }
        return spanNs <= 0 || spanNs > MAX_SPAN_NS ? -1 : total * 8_000_000_000L / spanNs;
    }

    void reset() {
        count = 0;
    }
}
