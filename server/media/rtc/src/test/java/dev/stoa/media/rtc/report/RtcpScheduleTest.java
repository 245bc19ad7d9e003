package dev.stoa.media.rtc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// RFC 3550 §6.2, §6.3.1.
class RtcpScheduleTest {
    private static final long S = 1_000_000_000L;

    @Test
    void reportsAtHalfToOneAndAHalfTimesTheInterval() {
        RtcpSchedule schedule = new RtcpSchedule(5 * S, S, new SplittableRandom(1));
        assertThat(schedule.due(5 * S)).isFalse();
        assertThat(schedule.nextTimeoutNs()).isBetween(5 * S + S / 4, 5 * S + 3 * S / 4);
        long distinct = 0;
        for (int i = 0; i < 100; i++) {
            long now = schedule.nextTimeoutNs();
            assertThat(schedule.due(now)).isTrue();
            assertThat(schedule.due(now)).isFalse();
            assertThat(schedule.nextTimeoutNs() - now).isBetween(S / 2, 3 * S / 2);
            distinct |= schedule.nextTimeoutNs() - now;
        }
        assertThat(distinct).isNotEqualTo(S);
    }

    @Test
    void theSameSeedGivesTheSameTimes() {
        RtcpSchedule one = new RtcpSchedule(0, S, new SplittableRandom(9));
        RtcpSchedule two = new RtcpSchedule(0, S, new SplittableRandom(9));
        assertThat(one.nextTimeoutNs()).isEqualTo(two.nextTimeoutNs());
    }

    /// Servers wake up for all of their peers at once.
    @Test
    void onAGridReportsOfManyPeersFallTogether() {
        for (int seed = 0; seed < 50; seed++) {
            RtcpSchedule schedule = new RtcpSchedule(7, S, S / 5, new SplittableRandom(seed));
            for (int i = 0; i < 20; i++) {
                long next = schedule.nextTimeoutNs();
                assertThat(next % (S / 5)).isZero();
                assertThat(schedule.due(next)).isTrue();
                assertThat(schedule.nextTimeoutNs() - next).isBetween(S / 2, 3 * S / 2 + S / 5);
            }
        }
    }
}
