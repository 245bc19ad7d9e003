package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// An encoding is gone when it is silent while the others of its track are not.
class LivenessTest {
    private static final long MS = 1_000_000;

    private final Liveness liveness = new Liveness();
    private long nowNs = 1_000 * MS;
    private int timestamp;

    private void frames(int count, long intervalMs) {
        for (int i = 0; i < count; i++) {
            nowNs += intervalMs * MS;
            timestamp += 3_000;
            liveness.onPacket(nowNs, timestamp);
            liveness.onPacket(nowNs, timestamp);
        }
    }

    private boolean isAliveAfter(long silenceMs) {
        return liveness.isAlive(nowNs + silenceMs * MS, 0);
    }

    @Test
    void isNotAliveBeforeItsFirstPacket() {
        assertThat(liveness.hasStarted()).isFalse();
        assertThat(liveness.isAlive(0, 0)).isFalse();
    }

    @Test
    void aFluentEncodingIsGoneAfterAFewFrames() {
        frames(100, 33);
        assertThat(isAliveAfter(590)).isTrue();
        assertThat(isAliveAfter(610)).isFalse();
    }

    @Test
    void aSlowEncodingIsWaitedForLonger() {
        frames(100, 500);
        assertThat(isAliveAfter(2_000)).isTrue();
        assertThat(isAliveAfter(2_600)).isFalse();
    }

    @Test
    void neverIsItWaitedForLongerThanThreeSeconds() {
        frames(100, 5_000);
        assertThat(isAliveAfter(2_900)).isTrue();
        assertThat(isAliveAfter(3_100)).isFalse();
    }

    @Test
    void silenceCountsFromWhereTheTrackWentOn() {
        frames(100, 33);
        long resumedNs = nowNs + 60_000 * MS;
        assertThat(liveness.isAlive(resumedNs + 500 * MS, resumedNs)).isTrue();
        assertThat(liveness.isAlive(resumedNs + 700 * MS, resumedNs)).isFalse();
    }
}
