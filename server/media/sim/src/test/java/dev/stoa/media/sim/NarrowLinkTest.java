package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Degradation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A subscriber whose link carries less than it wants gets what fits, and more when more fits. The encodings take
/// about 2.1, 1.05 and 0.26 Mbit/s.
class NarrowLinkTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> ALL = List.of("f", "h", "q");

    private static SimulcastCall call(long seed, List<String> rids) {
        SfuSettings settings = SfuSettings.DEFAULT.withBandwidth(BandwidthSettings.DEFAULT);
        Call call = new Call(seed, SrtpProfile.AEAD_AES_128_GCM, settings);
        return new SimulcastCall(call, rids, MediaCodec.VP8, 1_000, 77_777);
    }

    private static LinkSettings rate(long bps) {
        return LinkSettings.delay(20).withRate(bps, (int) (bps / 8 * 4 / 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203, 204})
    void fallsToTheLayerThatFitsAndComesBackWithinTenSeconds(long seed) {
        SimulcastCall call = call(seed, ALL);
        call.runMs(8_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        call.ben().link(rate(1_500_000));
        call.runMs(4_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.MEDIUM);
        call.ben().link(rate(450_000));
        call.runMs(4_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.LOW);
        long frames = call.sink().framesShown();
        call.runMs(5_000);
        assertThat(call.sink().framesShown() - frames).isGreaterThan(130);
        call.ben().link(rate(4_000_000));
        call.runMs(10_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        SfuEvent.LayerChanged last = call.changes().getLast();
        assertThat(last.current()).isEqualTo(VideoLayer.HIGH);
        assertThat(last.subscriberDegraded()).isFalse();
        assertThat(call.changes())
                .anyMatch(change -> change.current() == VideoLayer.LOW
                        && change.expected() == VideoLayer.HIGH
                        && change.subscriberDegraded()
                        && !change.publisherDegraded());
        assertThat(call.sink().vp8Breaks()).isZero();
        assertThat(call.count(SfuCounter.PROBES)).isPositive();
        assertThat(call.count(SfuCounter.PADDING_SENT)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {211, 212})
    void isSwitchedOffWhereNothingFitsAndComesBackByItself(long seed) {
        SimulcastCall call = call(seed, List.of("f", "h"));
        call.runMs(5_000);
        call.ben().link(rate(300_000));
        call.runMs(6_000);
        assertThat(call.changes().getLast().current()).isEqualTo(VideoLayer.NONE);
        assertThat(call.changes().getLast().subscriberDegraded()).isTrue();
        call.ben().link(rate(4_000_000));
        call.runMs(15_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        assertThat(call.changes().getLast().subscriberDegraded()).isFalse();
    }

    /// A receiver that begins under load loses packets that no link would have lost.
    @ParameterizedTest
    @ValueSource(longs = {221, 222, 223, 224})
    void lossesOfTheFirstMomentsAreAllRepaired(long seed) {
        SimulcastCall call = call(seed, List.of("f"));
        call.runMs(100);
        call.ben().link(LinkSettings.delay(20).withLoss(0.3));
        call.runMs(400);
        call.ben().link(LinkSettings.delay(20));
        call.runMs(1_500);
        assertThat(call.count(SfuCounter.NACKS_RECEIVED)).isPositive();
        assertThat(call.count(SfuCounter.RETRANSMISSION_REFUSED)).isZero();
        assertThat(call.sink().missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {221, 222})
    void theRoleOfTheSubscriberSaysHowLongAVideoIsKept(long seed) {
        SimulcastCall patient = call(seed, List.of("f", "h"));
        patient.degradation(new Degradation(true, 8 * SECOND, SECOND));
        patient.runMs(5_000);
        patient.ben().link(rate(300_000));
        patient.runMs(7_000);
        assertThat(patient.changes().getLast().current()).isEqualTo(VideoLayer.MEDIUM);
        patient.runMs(6_000);
        assertThat(patient.changes().getLast().current()).isEqualTo(VideoLayer.NONE);
        patient.ben().link(rate(4_000_000));
        patient.runMs(12_000);
        assertThat(patient.layer()).isEqualTo(VideoLayer.HIGH);
    }

    @ParameterizedTest
    @ValueSource(longs = {231, 232})
    void aRoleThatIsChangedDuringTheCallHoldsAtOnce(long seed) {
        SimulcastCall call = call(seed, List.of("f", "h"));
        call.runMs(5_000);
        call.ben().link(rate(300_000));
        call.runMs(6_000);
        assertThat(call.changes().getLast().current()).isEqualTo(VideoLayer.NONE);
        call.degradation(new Degradation(false, 0, 0));
        call.runMs(500);
        assertThat(call.changes().getLast().current()).isEqualTo(VideoLayer.MEDIUM);
        assertThat(call.changes().getLast().subscriberDegraded()).isTrue();
        call.degradation(Degradation.DEFAULT);
        call.runMs(2_000);
        assertThat(call.changes().getLast().current()).isEqualTo(VideoLayer.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {241, 242})
    void whereNoVideoIsSwitchedOffVoicesStillComeThrough(long seed) {
        SimulcastCall call = call(seed, List.of("f", "h"));
        call.degradation(new Degradation(false, 0, 0));
        SimSink voice = call.ben().subscribe(call.ada().publishAudio()).sink();
        call.runMs(5_000);
        call.ben().link(rate(300_000));
        call.runMs(5_000);
        long before = voice.packets();
        call.runMs(20_000);
        assertThat(call.changes()).noneMatch(change -> change.current() == VideoLayer.NONE);
        assertThat(voice.packets() - before).isGreaterThan(950);
    }
}
