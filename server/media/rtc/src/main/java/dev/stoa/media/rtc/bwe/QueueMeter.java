package dev.stoa.media.rtc.bwe;

/// How long packets wait in front of the bottleneck: one-way delay above the least seen lately. The trend alone is
/// blind to a queue that stands, since a full buffer has a level delay.
///
/// A standing queue is answered by an experiment: for a moment clearly less is sent than arrives. A queue that does not
/// shrink then is not ours: the path has become longer or others fill it, and its delay becomes the new base.
final class QueueMeter {
    /// The base is the least of two such spans, so that it follows a drifting clock.
    private static final long SPAN_NS = 15_000_000_000L;

    private static final double STANDING_MS = 100;
    private static final long STANDING_NS = 1_000_000_000L;
    private static final long VERDICT_NS = 1_500_000_000L;
    private static final double UNCHANGED = 0.8;
    /// Sending less than this share of what arrived is an experiment that proves something.
    private static final double CLEARLY_LESS = 0.85;

    private static final double EXPERIMENT_SHARE = 0.7;
    /// A short queue costs nothing.
    private static final double FREE_MS = 50;
    /// A queue this much longer would be drained at no rate at all.
    private static final double DRAIN_MS = 1500;

    private static final double MIN_DRAIN = 0.6;
    private static final long NONE = Long.MAX_VALUE;

    private long leastNs = NONE;
    private long spanNs = NONE;
    private long lastSpanNs = NONE;
    private long spanStartNs = -1;
    private double queueMs;
    private long standingSinceNs = -1;
    private long verdictNs = -1;
    private double queueBeforeMs;
    private long carriedBeforeBps;

    /// @param delayNs arrival on the receiver's clock less sending on ours
    void add(long delayNs) {
        leastNs = Math.min(leastNs, delayNs);
    }

    /// To be called after each feedback. True when a queue stands and the rate has to fall.
    ///
    /// @param sentBps what is sent
    /// @param carriedBps what the path carries of it, -1 = unknown
    boolean update(long nowNs, long sentBps, long carriedBps) {
        if (leastNs == NONE) {
            return false;
        }
        if (spanStartNs < 0 || nowNs - spanStartNs > SPAN_NS) {
            spanStartNs = nowNs;
            lastSpanNs = spanNs;
            spanNs = leastNs;
        }
        spanNs = Math.min(spanNs, leastNs);
        queueMs = (leastNs - Math.min(spanNs, lastSpanNs)) / 1e6;
        boolean standing = verdictNs >= 0 ? judge(nowNs, sentBps) : stands(nowNs, carriedBps);
        leastNs = NONE;
        return standing;
    }

    private boolean stands(long nowNs, long carriedBps) {
        if (queueMs < STANDING_MS) {
            standingSinceNs = -1;
            return false;
        }
        if (standingSinceNs < 0) {
            standingSinceNs = nowNs;
        }
        if (nowNs - standingSinceNs < STANDING_NS) {
            return false;
        }
        verdictNs = nowNs + VERDICT_NS;
        queueBeforeMs = queueMs;
        carriedBeforeBps = carriedBps;
        return true;
    }

    private boolean judge(long nowNs, long sentBps) {
        if (nowNs >= verdictNs) {
            verdictNs = -1;
            standingSinceNs = -1;
            if (queueMs > UNCHANGED * queueBeforeMs && sentBps < CLEARLY_LESS * carriedBeforeBps) {
                rebase();
            }
        }
        return false;
    }

    private void rebase() {
        spanNs = leastNs;
        lastSpanNs = NONE;
        queueMs = 0;
    }

    /// Forgets the base: what comes took another path.
    void reset() {
        leastNs = NONE;
        spanNs = NONE;
        lastSpanNs = NONE;
        spanStartNs = -1;
        queueMs = 0;
        standingSinceNs = -1;
        verdictNs = -1;
    }

    /// Not negative.
    double queueMs() {
        return queueMs;
    }

    /// Share of the rate to use until the queue has drained, 0.6 to 1.
    double drain() {
        double share = Math.clamp(1 - (queueMs - FREE_MS) / DRAIN_MS, MIN_DRAIN, 1);
        return verdictNs >= 0 && queueMs > FREE_MS ? Math.min(share, EXPERIMENT_SHARE) : share;
    }

    boolean isShort() {
        return queueMs < FREE_MS;
    }
}
