package dev.stoa.media.rtc.report;

import java.util.random.RandomGenerator;

/// When to send the next report: an interval with a random factor of 0.5 to 1.5, so that the peers of a room do not
/// report in step (RFC 3550 §6.2, §6.3.1). Single owner thread.
public final class RtcpSchedule {
    private final long intervalNs;
    private final long gridNs;
    private final RandomGenerator random;
    private long nextNs;

    /// @param intervalNs mean interval; browsers use 1 s for video and 5 s for audio
    /// @param random seeded by the owner
    public RtcpSchedule(long nowNs, long intervalNs, RandomGenerator random) {
        this(nowNs, intervalNs, 1, random);
    }

    /// A server's reports go to each peer alone, so nothing is won by keeping them apart; those of many peers sent at
    /// once are far cheaper than each after a sleep of its own.
    ///
    /// @param gridNs reports are put off to the next multiple of this
    public RtcpSchedule(long nowNs, long intervalNs, long gridNs, RandomGenerator random) {
        this.intervalNs = intervalNs;
        this.gridNs = gridNs;
        this.random = random;
        this.nextNs = onGrid(nowNs + jittered() / 2);
    }

    /// True once per interval: report now.
    public boolean due(long nowNs) {
        if (nowNs < nextNs) {
            return false;
        }
        nextNs = onGrid(nowNs + jittered());
        return true;
    }

    public long nextTimeoutNs() {
        return nextNs;
    }

    private long onGrid(long ns) {
        return Math.ceilDiv(ns, gridNs) * gridNs;
    }

    private long jittered() {
        return intervalNs / 2 + random.nextLong(intervalNs);
    }
}
