package dev.stoa.media.rtc.bwe;

/// Notices when the application sends clearly less than it may: then arrivals say nothing about the link's limit and
/// only probes do (the application-limited region).
final class UseMeter {
    private static final double BEGIN_BELOW = 0.65;
    private static final double END_ABOVE = 0.8;
    private static final long SAMPLE_NS = 50_000_000L;
    private static final double MEMORY_S = 0.4;

    private long sampleStartNs = -1;
    private long bytes;
    private double bps = -1;
    private boolean limited;

    void onSent(int bytes) {
        this.bytes += bytes;
    }

    /// To be called after each feedback.
    void update(long nowNs, long targetBps) {
        if (sampleStartNs < 0) {
            sampleStartNs = nowNs;
            bytes = 0;
            return;
        }
        long elapsed = nowNs - sampleStartNs;
        if (elapsed < SAMPLE_NS) {
            return;
        }
        double sample = bytes * 8e9 / elapsed;
        double weight = bps < 0 ? 1 : 1 - Math.exp(-elapsed / 1e9 / MEMORY_S);
        bps += weight * (sample - bps);
        sampleStartNs = nowNs;
        bytes = 0;
        limited = bps < (limited ? END_ABOVE : BEGIN_BELOW) * targetBps;
    }

    boolean isLimited() {
        return limited;
    }

    /// What is sent, smoothed; 0 while unknown.
    long sentBps() {
        return Math.max(0, (long) bps);
    }
}
