package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.VideoLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever stops and starts, a subscriber's numbers go on without a gap and its timestamps follow real time.
class FlowTest {
    @Test
    void muteAndUnmuteKeepTheFlowConsistent() {
        Call call = new Call(41);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed seen = ben.subscribe(video);
        Call.Subscribed heard = ben.subscribe(audio);
        call.runMs(2_000);
        long videoBefore = seen.sink().highestTimestamp();
        long requestsBefore = ada.node.peer().feedback().keyFrameRequests();

        ada.mute(video, true);
        ada.mute(audio, true);
        video.source().stop();
        audio.source().stop();
        Call.Subscribed joinedWhileMuted = call.joined().subscribe(video);
        call.runMs(5_000);
        assertThat(ada.node.peer().feedback().keyFrameRequests()).isEqualTo(requestsBefore);

        video.source().start(call.simulation.nowNs());
        audio.source().start(call.simulation.nowNs());
        ada.mute(video, false);
        ada.mute(audio, false);
        call.runMs(2_000);

        for (SimSink sink : new SimSink[] {seen.sink(), heard.sink()}) {
            assertThat(sink.missing()).isZero();
            assertThat(sink.timestampsBack()).isZero();
        }
        assertThat(seen.sink().highestTimestamp() - videoBefore).isCloseTo(7L * 90_000, within(9_000L));
        assertThat(seen.sink().framesShown()).isGreaterThan(115);
        assertThat(joinedWhileMuted.sink().framesShown()).isGreaterThan(50);
    }

    @Test
    void pauseAndResumeOfASubscriptionLeaveNoGapInItsNumbers() {
        Call call = new Call(42);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed seen = ben.subscribe(video);
        Call.Subscribed heard = ben.subscribe(audio);
        call.runMs(2_000);

        for (int i = 0; i < 5; i++) {
            ben.set(seen, VideoLayer.NONE);
            ben.set(heard, VideoLayer.NONE);
            call.runMs(100);
            long packets = seen.sink().packets() + heard.sink().packets();
            long timestamp = seen.sink().highestTimestamp();
            call.runMs(3_000);
            assertThat(seen.sink().packets() + heard.sink().packets()).isEqualTo(packets);

            ben.set(seen, VideoLayer.HIGH);
            ben.set(heard, VideoLayer.HIGH);
            call.runMs(900);
            assertThat(seen.sink().packets() + heard.sink().packets()).isGreaterThan(packets + 50);
            assertThat(seen.sink().highestTimestamp() - timestamp).isCloseTo(4L * 90_000, within(9_000L));
        }
        assertThat(seen.sink().missing()).isZero();
        assertThat(heard.sink().missing()).isZero();
        assertThat(seen.sink().timestampsBack()).isZero();
        assertThat(heard.sink().timestampsBack()).isZero();
        assertThat(seen.sink().keyFramesShown()).isEqualTo(6);
    }

    @Test
    void anInactiveSubscriptionGetsNothingUntilItIsStarted() {
        Call call = new Call(43);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video, false);
        call.runMs(2_000);
        assertThat(seen.sink().packets()).isZero();

        ben.set(seen, VideoLayer.LOW);
        call.runMs(1_000);
        assertThat(seen.sink().framesShown()).isGreaterThan(20);
    }

    @Test
    void aReplacedTrackGoesOnUnderTheSameNumbers() {
        Call call = new Call(44);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(2_000);
        long timestamp = seen.sink().highestTimestamp();

        video.source().stop();
        SimTrack other = SimTrack.video(MediaCodec.VP8, "1", 909);
        SimSource source = ada.node.peer().publish(other, SimSource.Pace.VIDEO.startingAt(40_000, 0x7FFF_0000));
        call.sfu.submit(new SfuCommand.Publish(ada.transport, other.publishSpec(video.id())));
        source.start(call.simulation.nowNs());
        call.runMs(2_000);

        assertThat(seen.sink().missing()).isZero();
        assertThat(seen.sink().timestampsBack()).isZero();
        // What is on the way at the moment of the change, and at the end, is not counted.
        long sent = video.source().packetsSent() + source.packetsSent();
        assertThat(seen.sink().packets()).isBetween(sent - 15, sent);
        assertThat(seen.sink().highestTimestamp() - timestamp).isCloseTo(2L * 90_000, within(9_000L));
    }

    /// Sequence numbers are 16 bit and timestamps 32 bit on the wire (RFC 3550 §5.1).
    @ParameterizedTest
    @ValueSource(ints = {0xFFFF, 0xFFFE, 0xFFF0, 0xFF00, 0xF000, 0x8000, 0x7FFF, 0})
    void wrapsOfSequenceAndTimestampGoUnnoticed(int firstSeq) {
        Call call = new Call(45 + firstSeq);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        ben.link(LinkSettings.delay(10).withLoss(0.02));
        ada.link(LinkSettings.delay(10).withLoss(0.02));
        Call.Published video = ada.publish(
                SimTrack.video(MediaCodec.VP8, "1", 77), SimSource.Pace.VIDEO.startingAt(firstSeq, 0xFFFF_0000));
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(5_000);
        video.source().stop();
        call.runMs(1_000);

        assertThat(seen.sink().missing()).as(call.name()).isZero();
        assertThat(seen.sink().framesShown())
                .as(call.name())
                .isEqualTo(video.source().framesSent());
        assertThat(seen.sink().timestampsBack()).as(call.name()).isZero();
    }

    @Test
    void aWholeTurnOfForwardedNumbersGoesUnnoticed() {
        Call call = new Call(46);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        SimSource.Pace fast = new SimSource.Pace(2_000_000, 2_000, 3_000, 5, 6);
        Call.Published video = ada.publish(SimTrack.video(MediaCodec.VP8, "1", 77), fast);
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(75_000);

        assertThat(seen.sink().packets()).isGreaterThan(70_000);
        assertThat(seen.sink().missing()).isZero();
        assertThat(call.count(SfuCounter.UNSENDABLE)).isZero();
    }
}
