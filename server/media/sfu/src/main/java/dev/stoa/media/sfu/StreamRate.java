package dev.stoa.media.sfu;

/// Bit rate of one encoding over the last second or two. Two additions per packet.
final class StreamRate {
    private static final long WINDOW_NS = 500_000_000L;
    /// Share of the newest window: pictures differ in size from moment to moment.
    private static final double NEWEST = 0.4;
    /// The same upwards: a key frame is big, and paid for by those after it.
    private static final double NEWEST_UPWARDS = 0.25;

    private long windowStartNs = -1;
    private long bytes;
    private long earlierBytes;
    private double bps = -1;

    void add(long nowNs, int packetBytes) {
        if (windowStartNs < 0) {
            windowStartNs = nowNs;
        }
        long elapsed = nowNs - windowStartNs;
        if (elapsed >= WINDOW_NS) {
            double sample = bytes * 8e9 / elapsed;
            // After a pause the past says nothing.
            bps = bps < 0 || elapsed > 4 * WINDOW_NS
                    ? sample
                    : bps + (sample > bps ? NEWEST_UPWARDS : NEWEST) * (sample - bps);
            windowStartNs = nowNs;
            earlierBytes += bytes;
            bytes = 0;
        }
        bytes += packetBytes;
    }

    /// Since the beginning.
    long totalBytes() {
        return earlierBytes + bytes;
    }

    /// In bits per second; 0 during the first half second.
    long bps() {
        return Math.max(0, (long) bps);
    }
}
