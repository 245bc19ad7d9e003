package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two peers see and hear each other.
class CallTest {
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void bothSeeAndHearEachOtherForTenSeconds(SrtpProfile profile) {
        Call call = new Call(1, profile);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published adaVideo = ada.publishVideo();
        Call.Published adaAudio = ada.publishAudio();
        Call.Published benVideo = ben.publishVideo();
        Call.Published benAudio = ben.publishAudio();
        Call.Subscribed seenByBen = ben.subscribe(adaVideo);
        Call.Subscribed heardByBen = ben.subscribe(adaAudio);
        Call.Subscribed seenByAda = ada.subscribe(benVideo);
        Call.Subscribed heardByAda = ada.subscribe(benAudio);

        call.runMs(10_000);

        everyFrameArrives(adaVideo, seenByBen);
        everyFrameArrives(benVideo, seenByAda);
        everyFrameArrives(adaAudio, heardByBen);
        everyFrameArrives(benAudio, heardByAda);
        assertThat(call.events(SfuEvent.MediaStarted.class)).hasSize(4);
        assertThat(call.count(SfuCounter.DROPPED_UNBOUND_RTP)).isZero();
        assertThat(call.count(SfuCounter.UNSENDABLE)).isZero();
    }

    private static void everyFrameArrives(Call.Published from, Call.Subscribed to) {
        SimSink sink = to.sink();
        long inFlight = 3;
        assertThat(from.source().framesSent()).isGreaterThan(290);
        assertThat(sink.framesShown())
                .isBetween(from.source().framesSent() - inFlight, from.source().framesSent());
        assertThat(sink.missing()).isZero();
        assertThat(sink.duplicates()).isZero();
        assertThat(sink.timestampsBack()).isZero();
        assertThat(sink.badPayloads()).isZero();
        assertThat(sink.foreignMids()).isZero();
        assertThat(sink.headerLengthChanges()).isZero();
        assertThat(sink.latencyMaxNs()).isLessThan(25_000_000);
    }

    @ParameterizedTest
    @EnumSource(MediaCodec.class)
    void eachCodecStartsAtAKeyFrame(MediaCodec codec) {
        Call call = new Call(2);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        boolean video = codec != MediaCodec.OPUS;
        SimTrack track = video ? SimTrack.video(codec, "1", 77) : SimTrack.opus("0", 77);
        Call.Published published = ada.publish(track, video ? SimSource.Pace.VIDEO : SimSource.Pace.AUDIO);
        call.runMs(5_000);

        Call.Subscribed late = ben.subscribe(published);
        call.runMs(1_000);

        assertThat(late.sink().framesShown()).isGreaterThan(25);
        assertThat(late.sink().missing()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void fivePercentLossIsRepaired(long seed) {
        Call call = new Call(seed);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        ada.link(LinkSettings.delay(20).withLoss(0.05).withJitter(5));
        ben.link(LinkSettings.delay(20).withLoss(0.05).withReordering(0.02, 15));
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);

        call.runMs(20_000);
        video.source().stop();
        call.runMs(2_000);

        assertThat(call.simulation.network().lost()).as(call.name()).isGreaterThan(300);
        assertThat(seen.sink().framesShown())
                .as(call.name())
                .isEqualTo(video.source().framesSent());
        assertThat(seen.sink().missing()).as(call.name()).isZero();
        assertThat(seen.sink().repaired()).as(call.name()).isGreaterThan(50);
        assertThat(call.count(SfuCounter.RTX_RECOVERED)).as(call.name()).isGreaterThan(50);
        assertThat(seen.sink().latencyMaxNs()).as(call.name()).isLessThan(600_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void burstsOfLossAndAThinLinkDoNotStopThePicture(long seed) {
        Call call = new Call(seed);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        ada.link(LinkSettings.delay(30).withBursts(0.005, 8).withJitter(10));
        ben.link(LinkSettings.delay(30).withDuplicates(0.01).withRate(4_000_000, 100_000));
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);

        call.runMs(20_000);

        assertThat(call.simulation.network().lost()).as(call.name()).isGreaterThan(50);
        assertThat(seen.sink().framesShown()).as(call.name()).isGreaterThan(580);
        assertThat(seen.sink().maxGapNs()).as(call.name()).isLessThan(400_000_000);
        assertThat(seen.sink().timestampsBack()).as(call.name()).isZero();
    }
}
