package dev.stoa.media.sfu.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoudestGateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SILENCE = 100;
    private static final int VOICE = 30;

    private final LoudestGate gate = new LoudestGate(3);

    private int[] microphones(int count) {
        int[] handles = new int[count];
        for (int i = 0; i < count; i++) {
            handles[i] = gate.add();
        }
        return handles;
    }

    @Test
    void allAreHeardWhileThereAreFew() {
        int[] few = microphones(3);
        for (int handle : few) {
            assertThat(gate.hears(handle, 0, SILENCE)).isTrue();
        }
    }

    @Test
    void theFirstVoicedPacketIsHeardInThePlaceOfWhoWasSilentLongest() {
        int[] many = microphones(5);
        gate.hears(many[0], 0, VOICE);
        gate.hears(many[1], 1, VOICE);
        gate.hears(many[2], 2, VOICE);
        assertThat(gate.hears(many[3], 3 * SECOND, SILENCE)).isFalse();
        assertThat(gate.hears(many[3], 3 * SECOND, VOICE)).isTrue();
        assertThat(gate.hears(many[0], 3 * SECOND, SILENCE)).isFalse();
        assertThat(gate.hears(many[1], 3 * SECOND, SILENCE)).isTrue();
    }

    @Test
    void whoSpokeAMomentAgoGivesWayOnlyToSomebodyClearlyLouder() {
        int[] many = microphones(4);
        for (int t = 0; t < 50; t++) {
            for (int i = 0; i < 3; i++) {
                gate.hears(many[i], t * 20_000_000L, VOICE);
            }
        }
        assertThat(gate.hears(many[3], SECOND, VOICE)).isFalse();
        assertThat(gate.hears(many[3], SECOND, VOICE - 5)).isFalse();
        assertThat(gate.hears(many[3], SECOND, VOICE - 12)).isTrue();
    }

    @Test
    void aMicrophoneWithoutLevelsCountsAsVoice() {
        int[] many = microphones(4);
        for (int i = 0; i < 3; i++) {
            gate.hears(many[i], 0, SILENCE);
        }
        assertThat(gate.hears(many[3], SECOND, -1)).isTrue();
    }

    @Test
    void aPlaceIsFreeAgainWhenItsMicrophoneIsGone() {
        int[] many = microphones(4);
        for (int i = 0; i < 3; i++) {
            gate.hears(many[i], 0, VOICE);
        }
        assertThat(gate.hears(many[3], 1, SILENCE)).isFalse();
        gate.remove(many[1]);
        assertThat(gate.size()).isEqualTo(3);
        assertThat(gate.hears(many[3], 2, SILENCE)).isTrue();
        int again = gate.add();
        assertThat(gate.hears(again, 3, SILENCE)).isFalse();
    }

    /// 60 microphones with room noise, of whom one speaks at a time: nobody is ever cut, and there are never more heard
    /// than may be.
    @Test
    void takesTurnsInANoisyRoomWithoutCuttingAnybody() {
        LoudestGate room = new LoudestGate(10);
        SplittableRandom random = new SplittableRandom(7);
        int[] handles = new int[60];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = room.add();
        }
        for (int packet = 0; packet < 15_000; packet++) {
            long now = packet * 20_000_000L;
            int speaker = packet / 100 * 17 % handles.length;
            for (int i = 0; i < handles.length; i++) {
                boolean speaks = i == speaker && packet % 100 > 10;
                boolean passed =
                        room.hears(handles[i], now, speaks ? 25 + random.nextInt(15) : 70 + random.nextInt(30));
                assertThat(!speaks || passed)
                        .as("speaker cut at packet %d", packet)
                        .isTrue();
            }
            assertThat(Arrays.stream(handles).filter(room::isOpen).count()).isLessThanOrEqualTo(10);
        }
    }
}
