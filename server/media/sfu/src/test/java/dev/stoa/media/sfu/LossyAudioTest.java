package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Audio is repeated where packets get lost and there is room for it.
class LossyAudioTest {
    private static final long SECOND = 1_000_000_000L;

    private final LossyAudio audio = new LossyAudio();

    private int depth(long atSeconds, double loss, long capacityBps) {
        audio.update(atSeconds * SECOND, loss, capacityBps);
        return audio.depth();
    }

    @Test
    void aCleanWayNeedsNone() {
        assertThat(depth(20, 0.01, 2_000_000)).isZero();
    }

    @Test
    void moreLossAsksForMore() {
        assertThat(depth(20, 0.04, 2_000_000)).isEqualTo(1);
        assertThat(depth(21, 0.1, 2_000_000)).isEqualTo(2);
    }

    @Test
    void goesOnForTenSecondsAfterTheLastLoss() {
        depth(20, 0.1, 2_000_000);
        assertThat(depth(30, 0, 2_000_000)).isEqualTo(2);
        assertThat(depth(31, 0, 2_000_000)).isZero();
    }

    @Test
    void aNarrowWayHasNoRoomForRepetitions() {
        assertThat(depth(20, 0.1, 300_000)).isEqualTo(1);
        assertThat(depth(21, 0.1, 150_000)).isZero();
    }
}
