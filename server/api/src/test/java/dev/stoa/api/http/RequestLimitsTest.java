package dev.stoa.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Server API reference, section 1.7.
class RequestLimitsTest {
    private final Clock clock = new Clock();

    private static final class Clock implements TimeMeter {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void aBurstIsLetInAndThenTheRateHolds() {
        RequestLimits limits = new RequestLimits(2, 3, clock);
        for (int i = 0; i < 3; i++) {
            assertThat(limits.retryAfterSeconds("key")).isZero();
        }
        assertThat(limits.retryAfterSeconds("key")).isEqualTo(1);
        clock.pass(Duration.ofMillis(500));
        assertThat(limits.retryAfterSeconds("key")).isZero();
        assertThat(limits.retryAfterSeconds("key")).isPositive();
    }

    @Test
    void callersDoNotDisturbEachOther() {
        RequestLimits limits = new RequestLimits(1, 1, clock);
        assertThat(limits.retryAfterSeconds("one")).isZero();
        assertThat(limits.retryAfterSeconds("one")).isPositive();
        assertThat(limits.retryAfterSeconds("two")).isZero();
    }

    @Test
    void manyCallersAreNotRememberedForEver() {
        RequestLimits limits = new RequestLimits(1, 1, clock);
        for (int i = 0; i < 10_001; i++) {
            limits.retryAfterSeconds("caller-" + i);
        }
        assertThat(limits.retryAfterSeconds("caller-10000")).isPositive();
        assertThat(limits.retryAfterSeconds("caller-0")).isZero();
    }
}
