package dev.stoa.media.rtc.keyframe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameThrottleTest {
    private static final long S = 1_000_000_000L;

    private final KeyFrameThrottle throttle = new KeyFrameThrottle(KeyFrameThrottle.DEFAULT_INTERVAL_NS);

    @Test
    void letsTheFirstRequestThroughEvenAtTimeZero() {
        assertThat(throttle.request(0)).isTrue();
        assertThat(throttle.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keepsAnEarlyRequestUntilTheIntervalIsOver() {
        throttle.request(0);
        assertThat(throttle.request(S / 2)).isFalse();
        assertThat(throttle.request(S - 1)).isFalse();
        assertThat(throttle.nextTimeoutNs()).isEqualTo(S);
        assertThat(throttle.poll(S - 1)).isFalse();
        assertThat(throttle.poll(S)).isTrue();
        assertThat(throttle.poll(3 * S)).isFalse();
    }

    @Test
    void aKeyFrameServesWhoeverWaits() {
        throttle.request(0);
        throttle.request(S / 2);
        throttle.onKeyFrame();
        assertThat(throttle.poll(2 * S)).isFalse();
        assertThat(throttle.request(2 * S)).isTrue();
    }

    @Test
    void letsAtMostOnePerIntervalThroughAndLosesNone() {
        int sent = 0;
        boolean pending = false;
        for (long now = 0; now < 10 * S; now += S / 100) {
            boolean through = now % (S / 10) == 0 ? throttle.request(now) : throttle.poll(now);
            sent += through ? 1 : 0;
            pending = !through && (pending || now % (S / 10) == 0);
            assertThat(throttle.nextTimeoutNs() != Long.MAX_VALUE).isEqualTo(pending);
        }
        assertThat(sent).isEqualTo(10);
    }

    @Test
    void anUrgentRequestWaitsLess() {
        throttle.request(0);
        assertThat(throttle.request(S / 10)).isFalse();
        assertThat(throttle.requestUrgently(S / 5)).isFalse();
        assertThat(throttle.nextTimeoutNs()).isEqualTo(KeyFrameThrottle.URGENT_INTERVAL_NS);
        assertThat(throttle.poll(KeyFrameThrottle.URGENT_INTERVAL_NS)).isTrue();
        assertThat(throttle.requestUrgently(S)).isTrue();
    }

    @Test
    void manyUrgentRequestsAreLetThroughLikeOthers() {
        int sent = 0;
        for (long now = 0; now < 100 * S; now += S / 100) {
            sent += throttle.requestUrgently(now) ? 1 : 0;
        }
        assertThat(sent).isBetween(100, 106);
    }

    @Test
    void afterAQuietTimeUrgentRequestsAreLetThroughSoonAgain() {
        for (long now = 0; now < 10 * S; now += S / 100) {
            throttle.requestUrgently(now);
        }
        int sent = 0;
        for (long now = 20 * S; now <= 21 * S; now += S / 100) {
            sent += throttle.requestUrgently(now) ? 1 : 0;
        }
        assertThat(sent).isEqualTo(4);
    }
}
