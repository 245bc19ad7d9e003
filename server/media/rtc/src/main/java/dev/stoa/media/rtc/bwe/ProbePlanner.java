package dev.stoa.media.rtc.bwe;

/// Decides when to probe and how high. A forwarding server cannot send a little more to see what happens, as an encoder
/// can: its layers are steps. So it probes whenever more is wanted than is believed to fit: at the start, at once after
/// a probe got through (doubling), and every few seconds after one that did not or after the rate fell.
final class ProbePlanner {
    private static final double FIRST_FACTOR = 3;
    private static final double FACTOR = 2;
    /// A probe that shows less than this share of its rate has met the limit.
    private static final double SUCCESS = 0.7;
    /// More than is wanted needs not be proven.
    private static final double ABOVE_WISH = 1.1;

    private static final double CLOSE_TO_WISH = 0.95;

    private static final long RESULT_NS = 1_000_000_000L;
    private static final long SETTLE_NS = 300_000_000L;
    private static final long RETRY_NS = 1_500_000_000L;
    /// Higher: less disturbance on links that are full, slower recovery from a dip.
    private static final long MAX_RETRY_NS = 2_500_000_000L;
    /// A probe lasts at least this long, in seconds: shorter ones drown in jitter.
    private static final double LENGTH_S = 0.025;

    private static final int MIN_BYTES = 1000;

    private final BweSettings settings;
    private int id;
    private long probedBps;
    private int plannedBytes;
    private boolean waiting;
    private boolean first = true;
    private long dueNs;
    private long resultByNs;
    private long lastProbeNs;
    private long retryNs = RETRY_NS;

    ProbePlanner(BweSettings settings) {
        this.settings = settings;
    }

    /// True when a probe begins now: [#id], [#probedBps] and [#plannedBytes] describe it.
    boolean poll(long nowNs, long estimateBps, long wishBps) {
        if (waiting) {
            if (nowNs < resultByNs) {
                return false;
            }
            missed(nowNs);
        }
        if (nowNs < dueNs || isEnough(estimateBps, wishBps)) {
            return false;
        }
        double factor = first ? FIRST_FACTOR : FACTOR;
        double ceiling = Math.min(settings.maxBps(), ABOVE_WISH * wishBps);
        first = false;
        probedBps = (long) Math.min(factor * estimateBps, ceiling);
        plannedBytes = Math.max(MIN_BYTES, (int) (probedBps * LENGTH_S / 8));
        id = id % 255 + 1;
        waiting = true;
        resultByNs = nowNs + RESULT_NS;
        lastProbeNs = nowNs;
        return true;
    }

    private boolean isEnough(long estimateBps, long wishBps) {
        return estimateBps >= CLOSE_TO_WISH * Math.min(settings.maxBps(), wishBps);
    }

    void onResult(long nowNs, long measuredBps) {
        waiting = false;
        if (measuredBps >= SUCCESS * probedBps) {
            dueNs = nowNs;
            retryNs = RETRY_NS;
        } else {
            missed(nowNs);
        }
    }

    private void missed(long nowNs) {
        waiting = false;
        dueNs = nowNs + retryNs;
        retryNs = Math.min(MAX_RETRY_NS, retryNs + RETRY_NS / 2);
    }

    /// The rate was cut: the queue has to drain before a probe means anything.
    void onDecrease(long nowNs) {
        // Not for ever: cut after cut may have another cause than the rate, which only a probe shows.
        long latest = Math.max(lastProbeNs + MAX_RETRY_NS, nowNs + SETTLE_NS);
        dueNs = Math.max(dueNs, Math.min(nowNs + RETRY_NS, latest));
    }

    /// The path is back after silence.
    void onResumed(long nowNs) {
        waiting = false;
        dueNs = nowNs;
        retryNs = RETRY_NS;
    }

    boolean isWaiting() {
        return waiting;
    }

    /// When [#poll] may have something to say.
    long dueNs(long estimateBps, long wishBps) {
        if (waiting) {
            return resultByNs;
        }
        return isEnough(estimateBps, wishBps) ? Long.MAX_VALUE : dueNs;
    }

    /// 1 to 255.
    int id() {
        return id;
    }

    long probedBps() {
        return probedBps;
    }

    int plannedBytes() {
        return plannedBytes;
    }
}
