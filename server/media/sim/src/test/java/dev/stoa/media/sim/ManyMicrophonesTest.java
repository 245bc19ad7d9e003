package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.SfuSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A room with more open microphones than are heard at once.
class ManyMicrophonesTest {
    private static final int SILENCE = 110;
    private static final int VOICE = 25;

    private final Call call = new Call(301, SrtpProfile.AEAD_AES_128_GCM, SfuSettings.DEFAULT.withLoudest(2));
    private final List<Call.Published> voices = new ArrayList<>();
    private final List<SimSink> heard = new ArrayList<>();

    private void room() {
        for (int i = 0; i < 5; i++) {
            voices.add(call.joined().publishAudio());
            voices.getLast().source().audioLevel(SILENCE);
        }
        Call.Peer listener = call.joined();
        for (Call.Published voice : voices) {
            heard.add(listener.subscribe(voice).sink());
        }
        call.runMs(3_000);
    }

    @Test
    void onlySoManyFlow() {
        room();
        long before = heard.stream().mapToLong(SimSink::packets).sum();
        call.runMs(2_000);
        assertThat(heard.stream().mapToLong(SimSink::packets).sum() - before).isBetween(195L, 205L);
    }

    /// 20 ms packets: the five before the first voiced one come with it, and no number is missing.
    @Test
    void whoBeginsToSpeakIsHeardFromATenthOfASecondBefore() {
        room();
        for (int turn = 0; turn < 10; turn++) {
            int speaker = turn % 5;
            call.runMs(1_500);
            SimSink sink = heard.get(speaker);
            long flowing = flow(sink);
            long before = sink.packets();
            voices.get(speaker).source().audioLevel(VOICE);
            call.runMs(200);
            long came = sink.packets() - before;
            assertThat(came).as("turn %d", turn).isGreaterThanOrEqualTo(flowing > 0 ? 9 : 13);
            voices.get(speaker).source().audioLevel(SILENCE);
        }
        for (SimSink sink : heard) {
            assertThat(sink.missing()).isZero();
            assertThat(sink.duplicates()).isZero();
            assertThat(sink.timestampsBack()).isZero();
            assertThat(sink.clockSpreadNs()).isLessThan(2_000_000L);
            assertThat(sink.packets()).isPositive();
        }
    }

    private long flow(SimSink sink) {
        long before = sink.packets();
        call.runMs(100);
        return sink.packets() - before;
    }
}
