package dev.stoa.media.rtc.report;

import java.util.random.RandomGenerator;

/// When to send the next report: an interval with a random factor of 0.5 to 1.5, so that the peers of a room do not
/// report in step (RFC 3550 §6.2, §6.3.1). Single owner thread.
public final class RtcpSchedule {
    private final long intervalNs;
    private final RandomGenerator random;
    private long nextNs;

    /// @param intervalNs mean interval; browsers use 1 s for video and 5 s for audio
    /// @param random seeded by the owner
    public RtcpSchedule(long nowNs, long intervalNs, RandomGenerator random) {
        this.intervalNs = intervalNs;
        this.random = random;
        this.nextNs = nowNs + jittered() / 2;
    }

    /// True once per interval: report now.
    public boolean due(long nowNs) {
        if (nowNs < nextNs) {
            return false;
        }
        nextNs = nowNs + jittered();
        return true;
    }

    public long nextTimeoutNs() {
        return nextNs;
    }

    private long jittered() {
        return intervalNs / 2 + random.nextLong(intervalNs);
    }
}
