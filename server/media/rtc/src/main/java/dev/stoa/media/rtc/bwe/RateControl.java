package dev.stoa.media.rtc.bwe;

/// Turns the trend of the delay into a rate: up by a share while the link's capacity is unknown, by about a packet per
/// round trip near the capacity last seen, and down below what arrives when the queue grows
/// (draft-ietf-rmcat-gcc-02 §5.5).
final class RateControl {
    /// Share of what arrives that is kept after a cut: less, the longer the queue that has to drain.
    private static final double MAX_BACKOFF = 0.95;
    private static final double MIN_BACKOFF = 0.85;
    private static final double BACKOFF_PER_MS = 0.001;
    /// Kept when little was sent: that little arrived says nothing about how much could have.
    private static final double MIN_LIMITED_SHARE = 0.7;

    private static final double GROWTH_PER_SECOND = 1.08;
    private static final double MIN_STEP_BPS_PER_SECOND = 4_000;
    private static final double PROVEN = 0.95;
    private static final double PACKET_BITS = 1200 * 8;
    private static final double FRAMES_PER_SECOND = 30;
    /// Time until an increase shows in feedback, beside the round trip.
    private static final double FEEDBACK_S = 0.1;

    private static final long MIN_REDUCE_NS = 10_000_000L;
    private static final long MAX_REDUCE_NS = 200_000_000L;
    private static final double CAPACITY_WEIGHT = 0.05;

    private enum Phase {
        HOLD,
        INCREASE
    }

    private final long minBps;
    private final long maxBps;
    private double bps;
    private Phase phase = Phase.HOLD;
    private long lastChangeNs = -1;
    private long lastDecreaseNs = -1;
    /// Mean of what arrived when the queue grew, kbit/s; -1 = unknown.
    private double capacityKbps = -1;
    /// Variance of that, relative to its mean.
    private double capacityVariance = 0.4;

    RateControl(BweSettings settings) {
        this.minBps = settings.minBps();
        this.maxBps = settings.maxBps();
        this.bps = settings.startBps();
    }

    /// Takes one feedback's worth of news. True when the rate was cut.
    ///
    /// @param ackedBps what arrives, -1 = unknown
    /// @param queueMs how long the queue is
    /// @param limited less is sent than may be: what is not sent cannot show that the link carries more
    boolean update(long nowNs, DelayTrend trend, long ackedBps, double queueMs, long rttNs, boolean limited) {
        if (lastChangeNs < 0) {
            lastChangeNs = nowNs;
        }
        boolean cut = false;
        switch (trend) {
            case RISING -> cut = mayReduce(nowNs, ackedBps, rttNs) && decrease(nowNs, ackedBps, queueMs, limited);
            case FALLING -> phase = Phase.HOLD;
            case STEADY -> {
                if (phase == Phase.HOLD) {
                    phase = Phase.INCREASE;
                } else {
                    increase(nowNs, ackedBps, rttNs, limited);
                }
            }
        }
        lastChangeNs = nowNs;
        return cut;
    }

    private boolean mayReduce(long nowNs, long ackedBps, long rttNs) {
        phase = Phase.HOLD;
        return lastDecreaseNs < 0
                || nowNs - lastDecreaseNs >= Math.clamp(rttNs, MIN_REDUCE_NS, MAX_REDUCE_NS)
                || ackedBps >= 0 && ackedBps < bps / 2;
    }

    private boolean decrease(long nowNs, long ackedBps, double queueMs, boolean limited) {
        double acked = ackedBps < 0 ? bps : ackedBps;
        double backoff = Math.max(MIN_BACKOFF, MAX_BACKOFF - BACKOFF_PER_MS * queueMs);
        double next = acked * backoff;
        if (limited) {
            next = Math.max(next, MIN_LIMITED_SHARE * bps);
        }
        if (next > bps && capacityKbps > 0) {
            next = capacityKbps * 1000 * backoff;
        }
        if (capacityKbps > 0 && acked / 1000 < lowerCapacity()) {
            capacityKbps = -1;
        }
        learnCapacity(acked / 1000);
        lastDecreaseNs = nowNs;
        if (next >= bps) {
            return false;
        }
        set(next);
        return true;
    }

    private void increase(long nowNs, long ackedBps, long rttNs, boolean limited) {
        if (limited) {
            return;
        }
        if (capacityKbps > 0 && ackedBps / 1000.0 > upperCapacity()) {
            capacityKbps = -1;
        }
        double seconds = Math.clamp((nowNs - lastChangeNs) / 1e9, 0, 1);
        double next = capacityKbps > 0
                ? bps + stepPerSecond(rttNs) * seconds
                : Math.max(bps + 1000 * seconds, bps * Math.pow(GROWTH_PER_SECOND, seconds));
        if (ackedBps >= 0) {
            next = Math.min(next, 1.5 * ackedBps + 10_000);
        }
        // Until a limit was met, what arrives without a queue is proof enough.
        if (lastDecreaseNs < 0) {
            next = Math.max(next, PROVEN * ackedBps);
        }
        if (next > bps) {
            set(next);
        }
    }

    /// One packet more per response time.
    private double stepPerSecond(long rttNs) {
        double frame = bps / FRAMES_PER_SECOND;
        double packet = frame / Math.ceil(frame / PACKET_BITS);
        return Math.max(MIN_STEP_BPS_PER_SECOND, packet / (rttNs / 1e9 + FEEDBACK_S));
    }

    private void learnCapacity(double sampleKbps) {
        if (capacityKbps < 0) {
            capacityKbps = Math.max(sampleKbps, 1);
            return;
        }
        capacityKbps = Math.max(1, (1 - CAPACITY_WEIGHT) * capacityKbps + CAPACITY_WEIGHT * sampleKbps);
        double error = capacityKbps - sampleKbps;
        capacityVariance = Math.clamp(
                (1 - CAPACITY_WEIGHT) * capacityVariance + CAPACITY_WEIGHT * error * error / capacityKbps, 0.4, 2.5);
    }

    private double capacityDeviation() {
        return 3 * Math.sqrt(capacityVariance * capacityKbps);
    }

    private double upperCapacity() {
        return capacityKbps + capacityDeviation();
    }

    private double lowerCapacity() {
        return Math.max(0, capacityKbps - capacityDeviation());
    }

    /// A probe got through at this rate.
    void onProbe(long nowNs, long probedBps) {
        if (probedBps > bps) {
            set(probedBps);
            lastChangeNs = nowNs;
            if (capacityKbps > 0 && probedBps / 1000.0 > upperCapacity()) {
                capacityKbps = -1;
            }
        }
    }

    private void set(double next) {
        bps = Math.clamp(next, minBps, maxBps);
    }

    long bps() {
        return (long) bps;
    }
}
