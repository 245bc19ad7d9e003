package dev.stoa.media.sfu.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Levels are -dBov as in RFC 6464: 0 is loudest, 127 silence.
class SpeakerDetectorTest {
    private final SpeakerDetector detector = new SpeakerDetector();

    private boolean interval(int handle, int level) {
        for (int i = 0; i < 25; i++) {
            detector.level(handle, level);
        }
        return detector.endInterval();
    }

    @Test
    void silenceIsNotTold() {
        int handle = detector.add(1);
        assertThat(interval(handle, 127)).isFalse();
        assertThat(detector.endInterval()).isFalse();
        assertThat(detector.speakers()).isEmpty();
    }

    @Test
    void aVoiceIsToldAndItsEndToldOnce() {
        int handle = detector.add(1);
        assertThat(interval(handle, 20)).isTrue();
        assertThat(detector.speakers()).containsExactly(handle);
        assertThat(detector.levelOf(handle)).isBetween(50, 90);
        assertThat(interval(handle, 127)).isTrue();
        assertThat(detector.speakers()).as("a pause between words").containsExactly(handle);
        assertThat(interval(handle, 127)).isTrue();
        assertThat(detector.speakers()).isEmpty();
        assertThat(interval(handle, 127)).isFalse();
    }

    @Test
    void whoSpeaksSoftlyStaysButDoesNotStart() {
        int handle = detector.add(1);
        interval(handle, 55);
        assertThat(detector.speakers()).isEmpty();
        interval(handle, 30);
        interval(handle, 55);
        interval(handle, 55);
        interval(handle, 55);
        assertThat(detector.speakers()).containsExactly(handle);
    }

    @Test
    void aQuietTalkerWithPausesBetweenSyllablesSpeaks() {
        int handle = detector.add(1);
        for (int i = 0; i < 25; i++) {
            detector.level(handle, i % 5 < 2 ? 46 : 90);
        }
        detector.endInterval();
        assertThat(detector.speakers()).containsExactly(handle);
    }

    @Test
    void keyStrokesDoNotSpeak() {
        int handle = detector.add(1);
        for (int i = 0; i < 25; i++) {
            detector.level(handle, i % 8 == 0 ? 25 : 90);
        }
        detector.endInterval();
        assertThat(detector.speakers()).isEmpty();
    }

    @Test
    void loudestComesFirstAndLevelsStayInRange() {
        int low = detector.add(10);
        int high = detector.add(20);
        int max = detector.add(30);
        for (int i = 0; i < 10; i++) {
            detector.level(low, 49);
            detector.level(high, 10);
            detector.level(max, 0);
        }
        detector.endInterval();
        assertThat(detector.speakers()).containsExactly(max, high, low);
        assertThat(detector.levelOf(max)).isEqualTo(100);
        assertThat(detector.levelOf(low)).isBetween(1, 30);
    }

    @Test
    void removalMovesTheLastTrackIntoTheHole() {
        int first = detector.add(10);
        detector.add(20);
        int last = detector.add(30);
        interval(last, 10);
        assertThat(detector.remove(first)).isEqualTo(30);
        assertThat(detector.track(first)).isEqualTo(30);
        assertThat(detector.speakers()).containsExactly(first);
        assertThat(detector.remove(1)).isEqualTo(-1);
        assertThat(detector.remove(5)).isEqualTo(-1);
    }

    @Test
    void aMutedTrackIsSilentAtOnce() {
        int handle = detector.add(1);
        interval(handle, 10);
        detector.silence(handle);
        assertThat(detector.endInterval()).isTrue();
        assertThat(detector.speakers()).isEmpty();
    }
}
