package dev.stoa.media.rtc.bwe;

/// Bounds the rate by loss, without starving on links that lose packets at any rate.
///
/// The classic rule (draft-ietf-rmcat-gcc-02 §6: grow below 2 %, cut above 10 %) takes every loss for congestion and
/// sinks to the minimum on a radio link with 10 % random loss. Maximum-likelihood models tell both apart by comparing
/// rates they have seen, and learn nothing while the rate stands still. So here each cut is an experiment: when loss
/// does not fall with the rate, it is the link's own (`inherentLoss`), the cut is taken back and only loss beyond it
/// counts from then on. When it does fall, the cut stands and the limit grows again slowly.
final class LossControl {
    static final long NO_LIMIT = Long.MAX_VALUE;

    private static final double CUT_ABOVE = 0.10;
    private static final double HOLD_ABOVE = 0.02;
    /// Windows of doubtful loss before an experiment is made.
    private static final int DOUBTFUL_WINDOWS = 8;
    /// Loss that stays above this share of what it was did not come from the rate.
    private static final double UNCHANGED = 0.7;

    /// Of what the path carries: so much less that overload would end.
    private static final double EXPERIMENT_SHARE = 0.85;

    private static final double PROVEN = 0.95;
    private static final double MIN_SHARE = 0.4;
    private static final double MAX_INHERENT = 0.4;
    private static final double FORGET_INHERENT = 0.3;
    private static final double GROWTH_PER_SECOND = 0.2;

    private static final int WINDOW_PACKETS = 50;
    private static final long WINDOW_NS = 250_000_000L;
    private static final long LONG_WINDOW_NS = 1_000_000_000L;
    private static final int MIN_PACKETS = 8;

    private final long minBps;
    private long limitBps = NO_LIMIT;
    private double inherentLoss;
    private double loss;
    private int packets;
    private int lost;
    private long windowStartNs = -1;
    private int doubtful;

    private boolean experiment;
    private boolean cut;
    private long countFromNs = -1;
    private double lossBefore;
    private long limitBefore;

    LossControl(long minBps) {
        this.minBps = minBps;
    }

    /// Tells the fate of a packet; those sent before the last cut say nothing about it.
    void onPacket(long sentNs, boolean arrived) {
        if (sentNs < countFromNs) {
            return;
        }
        packets++;
        if (!arrived) {
            lost++;
        }
    }

    /// A packet told as lost has arrived after all.
    void onLate() {
        lost = Math.max(0, lost - 1);
    }

    /// To be called after each feedback.
    ///
    /// @param targetBps the rate being sent at most
    /// @param carriedBps what the path is seen to carry, -1 = unknown
    /// @param queueShort false while a queue overflows: such loss is nobody's nature
    void update(long nowNs, long targetBps, long carriedBps, boolean queueShort) {
        if (windowStartNs < 0) {
            windowStartNs = nowNs;
        }
        long elapsed = nowNs - windowStartNs;
        boolean full = packets >= WINDOW_PACKETS && elapsed >= WINDOW_NS;
        if (!full && (packets < MIN_PACKETS || elapsed < LONG_WINDOW_NS)) {
            return;
        }
        loss = (double) lost / packets;
        // Until it is known what the path carries, a receiver that wakes up slowly looks like a narrow path.
        if (carriedBps >= 0) {
            judge(nowNs, targetBps, carriedBps, elapsed / 1e9, queueShort);
        }
        beginWindow(nowNs);
    }

    private void judge(long nowNs, long targetBps, long carriedBps, double seconds, boolean queueShort) {
        if (experiment) {
            experiment = false;
            if (queueShort && loss >= UNCHANGED * lossBefore) {
                inherentLoss = Math.min(MAX_INHERENT, (loss + lossBefore) / 2);
                limitBps = limitBefore;
                doubtful = 0;
                return;
            }
        }
        double excess = loss - inherentLoss;
        double noise = Math.sqrt(inherentLoss * (1 - inherentLoss) / packets);
        if (excess > CUT_ABOVE + noise) {
            cut(nowNs, targetBps, carriedBps);
        } else if (excess > HOLD_ABOVE + noise) {
            // What is carried in spite of such loss is proven.
            limitBps = Math.max(Math.min(limitBps, targetBps), (long) (PROVEN * carriedBps));
            if (++doubtful >= DOUBTFUL_WINDOWS) {
                cut(nowNs, targetBps, carriedBps);
            }
        } else {
            doubtful = Math.max(0, doubtful - 1);
            inherentLoss += Math.min(0, FORGET_INHERENT * excess);
            grow(targetBps, seconds);
        }
    }

    private void cut(long nowNs, long targetBps, long carriedBps) {
        experiment = true;
        doubtful = 0;
        cut = true;
        countFromNs = nowNs;
        lossBefore = loss;
        limitBefore = limitBps;
        double clearlyLess = Math.min(Math.max(targetBps, carriedBps), EXPERIMENT_SHARE * carriedBps);
        limitBps = (long) Math.max(minBps, Math.max(clearlyLess, MIN_SHARE * targetBps));
    }

    private void grow(long targetBps, double seconds) {
        if (limitBps == NO_LIMIT) {
            return;
        }
        limitBps = (long) (limitBps * (1 + GROWTH_PER_SECOND * Math.min(seconds, 1)));
        // The delay decides again.
        if (limitBps > 1.5 * targetBps) {
            limitBps = NO_LIMIT;
        }
    }

    /// A probe got through at this rate, and nearly all of it: the limit is not below.
    void onProbe(long probedBps) {
        if (limitBps < probedBps) {
            limitBps = probedBps;
        }
    }

    /// Forgets what is not yet judged; packets sent before now will not count.
    void restart(long nowNs) {
        countFromNs = nowNs;
        experiment = false;
        beginWindow(nowNs);
    }

    private void beginWindow(long nowNs) {
        packets = 0;
        lost = 0;
        windowStartNs = nowNs;
    }

    /// [#NO_LIMIT] while loss gives no reason for one.
    long limitBps() {
        return limitBps;
    }

    /// The same without the experiment that is being made: a try is no reason for another picture.
    long settledBps() {
        return experiment ? limitBefore : limitBps;
    }

    /// Loss has led to less being sent, if only for a try.
    boolean hasCut() {
        return cut;
    }

    /// Of the last window, 0 to 1.
    double loss() {
        return loss;
    }

    /// What the link is believed to lose at any rate, 0 to 1.
    double inherentLoss() {
        return inherentLoss;
    }
}
