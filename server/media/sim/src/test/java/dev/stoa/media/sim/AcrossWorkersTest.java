package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.VideoLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One room on two workers: who is where must not be noticed.
class AcrossWorkersTest {
    private static final List<String> ALL = List.of("f", "h", "q");

    private Call call;
    private Call.Peer ada;
    private Call.Peer near;
    private Call.Peer far;

    private void room(long seed, int ringBytes) {
        call = Call.across(seed, 2, ringBytes);
        ada = call.joinedOn(0);
        near = call.joinedOn(0);
        far = call.joinedOn(1);
    }

    private void room(long seed) {
        room(seed, 1 << 20);
    }

    @Test
    void subscribersOfBothWorkersSeeAndHearThePublisher() {
        room(201);
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed nearPicture = near.subscribe(video);
        Call.Subscribed farPicture = far.subscribe(video);
        Call.Subscribed farSound = far.subscribe(audio);
        call.runMs(5_000);

        assertThat(farPicture.sink().framesShown()).isGreaterThan(140);
        assertThat(farPicture.sink().framesShown()).isCloseTo(nearPicture.sink().framesShown(), offset(2L));
        assertThat(farPicture.sink().missing()).isZero();
        assertThat(farPicture.sink().badPayloads()).isZero();
        assertThat(farPicture.sink().vp8Breaks()).isZero();
        assertThat(farSound.sink().framesShown()).isGreaterThan(200);
        assertThat(call.count(1, SfuCounter.RELAY_IN)).isEqualTo(call.count(0, SfuCounter.RELAYED));
        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isZero();
        assertThat(call.count(SfuCounter.RELAY_UNKNOWN)).isZero();
    }

    /// Decrypted once and handed over once, whatever the number of subscribers there.
    @Test
    void manySubscribersOfAWorkerCostOneRelay() {
        room(202);
        Call.Published video = ada.publishVideo();
        for (int i = 0; i < 5; i++) {
            call.joinedOn(1).subscribe(video);
        }
        call.runMs(2_000);
        long relayed = call.count(SfuCounter.RELAYED);
        long forwarded = call.count(1, SfuCounter.RTP_FORWARDED);
        call.runMs(2_000);
        long packets = call.count(SfuCounter.RELAYED) - relayed;
        assertThat(packets).isGreaterThan(300);
        assertThat(call.count(1, SfuCounter.RTP_FORWARDED) - forwarded).isCloseTo(5 * packets, offset(10L));
    }

    @Test
    void aLateSubscriberThereSeesAPictureAtOnce() {
        room(203);
        ada.link(LinkSettings.delay(20));
        Call.Published video = ada.publishVideo();
        call.runMs(30_000);
        long beforeNs = call.simulation.nowNs();
        Call.Subscribed late = far.subscribe(video);
        call.runMs(1_000);
        assertThat(late.sink().firstShownNs() - beforeNs).isBetween(0L, 200_000_000L);
        assertThat(video.source().keyFramesSent()).isEqualTo(2);

        // The next one is served from what the key frame left: no third one.
        Call.Subscribed later = call.joinedOn(1).subscribe(video);
        call.runMs(300);
        assertThat(later.sink().framesShown()).isPositive();
        assertThat(video.source().keyFramesSent()).isEqualTo(2);
    }

    /// A frozen publisher is asked from there as it would be from here.
    @Test
    void aSilentPublisherIsAskedAgainWithoutHaste() {
        room(217);
        Call.Published video = ada.publishVideo();
        call.runMs(30_000);
        video.source().stop();
        call.runMs(1_000);
        long before = call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT);
        far.subscribe(video);
        call.runMs(10_000);
        assertThat(call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT) - before).isBetween(8L, 25L);
    }

    /// The mirror begins with what the publisher's worker still has.
    @Test
    void aFirstSubscriberThereIsServedFromTheKeptKeyFrame() {
        room(204);
        Call.Published video = ada.publishVideo();
        call.runMs(500);
        Call.Subscribed first = far.subscribe(video);
        call.runMs(100);
        assertThat(first.sink().framesShown()).isPositive();
        assertThat(first.sink().missing()).isZero();
        assertThat(video.source().keyFramesSent()).isEqualTo(1);
        assertThat(call.count(1, SfuCounter.KEY_FRAMES_REPLAYED)).isEqualTo(1);
    }

    @Test
    void keyFrameRequestsReachThePublisherAtMostOncePerSecond() {
        room(205);
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = far.subscribe(video);
        call.runMs(2_000);
        long before = ada.node.peer().feedback().keyFrameRequests();
        for (int i = 0; i < 50; i++) {
            far.node.peer().askKeyFrame(seen.sink());
            call.runMs(100);
        }
        assertThat(ada.node.peer().feedback().keyFrameRequests() - before).isBetween(4L, 6L);
    }

    /// RFC 4588: the mirror has a packet memory of its own; the publisher hears nothing of a loss behind it.
    @Test
    void lossesOnTheWayToTheSubscriberAreRepairedByItsWorker() {
        room(206);
        far.link(LinkSettings.delay(20).withLoss(0.1));
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = far.subscribe(video);
        call.runMs(10_000);
        assertThat(seen.sink().repaired()).isGreaterThan(50);
        assertThat(seen.sink().framesShown()).isGreaterThan(280);
        assertThat(call.count(1, SfuCounter.RETRANSMITTED)).isGreaterThan(50);
        assertThat(call.count(SfuCounter.NACKS_SENT)).isZero();
        assertThat(call.count(SfuCounter.RELAY_REQUESTS)).isLessThan(5);
    }

    @Test
    void lossesOnTheWayFromThePublisherAreRepairedOnceForAll() {
        room(207);
        ada.link(LinkSettings.delay(20).withLoss(0.1));
        Call.Published video = ada.publishVideo();
        Call.Subscribed seenFar = far.subscribe(video);
        Call.Subscribed seenNear = near.subscribe(video);
        call.runMs(10_000);
        assertThat(seenFar.sink().framesShown()).isGreaterThan(270);
        assertThat(seenFar.sink().framesShown()).isCloseTo(seenNear.sink().framesShown(), offset(5L));
        assertThat(call.count(SfuCounter.NACKS_SENT)).isGreaterThan(50);
    }

    /// A worker that was away too long loses packets in the full ring; it asks for them and gets them.
    @Test
    void whatAFullRingLostIsAskedForAndComes() {
        room(208, 64 << 10);
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = far.subscribe(video);
        call.runMs(2_000);
        call.workers.get(1).takesRelays(false);
        call.runMs(600);
        call.workers.get(1).takesRelays(true);
        call.runMs(2_000);

        assertThat(call.count(SfuCounter.RELAY_FULL)).isPositive();
        assertThat(call.count(SfuCounter.NACKS_SENT)).isZero();
        assertThat(seen.sink().missing()).isZero();
        assertThat(seen.sink().framesShown()).isGreaterThan(125);
        assertThat(video.source().keyFramesSent()).isEqualTo(1);
    }

    /// Away for longer than packets are kept: only a key frame helps.
    @Test
    void afterALongAbsenceAKeyFrameIsAskedFor() {
        room(209, 64 << 10);
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = far.subscribe(video);
        call.runMs(2_000);
        call.workers.get(1).takesRelays(false);
        call.runMs(10_000);
        call.workers.get(1).takesRelays(true);
        call.runMs(1_000);
        long frames = seen.sink().framesShown();
        call.runMs(2_000);
        assertThat(video.source().keyFramesSent()).isGreaterThan(1);
        assertThat(seen.sink().framesShown() - frames).isGreaterThan(55);
    }

    @Test
    void wishesForLayersAreFollowedWithin250Ms() {
        SimulcastCall simulcast = new SimulcastCall(Call.across(210, 2), ALL, MediaCodec.VP8, 1_000, 77_777);
        simulcast.delays(20);
        simulcast.runMs(3_000);
        for (VideoLayer wish :
                List.of(VideoLayer.LOW, VideoLayer.HIGH, VideoLayer.MEDIUM, VideoLayer.LOW, VideoLayer.MEDIUM)) {
            simulcast.wish(wish);
            simulcast.runMs(250);
            assertThat(simulcast.layer()).as("wish " + wish).isEqualTo(wish);
            simulcast.runMs(1_000);
        }
        simulcast.isSeamlessWithoutRepairs();
        assertThat(simulcast.count(SfuCounter.RELAY_IN)).isPositive();
    }

    @Test
    void aLayerThePublisherSwitchesOffIsNoticedThereToo() {
        SimulcastCall simulcast = new SimulcastCall(Call.across(211, 2), ALL, MediaCodec.VP8, 1_000, 77_777);
        simulcast.runMs(3_000);
        assertThat(simulcast.layer()).isEqualTo(VideoLayer.HIGH);
        simulcast.source("f").stop();
        simulcast.runMs(2_000);
        assertThat(simulcast.layer()).isEqualTo(VideoLayer.MEDIUM);
        assertThat(simulcast.changes()).isNotEmpty();
        simulcast.isSeamless();
    }

    @Test
    void theRelayEndsWithTheLastSubscriptionAndComesBack() {
        room(212);
        Call.Published video = ada.publishVideo();
        Call.Subscribed first = far.subscribe(video);
        Call.Peer second = call.joinedOn(1);
        second.subscribe(video);
        call.runMs(1_000);
        call.submit(new SfuCommand.Unsubscribe(far.transport, first.id()));
        call.runMs(1_000);
        long relayed = call.count(SfuCounter.RELAYED);
        call.runMs(1_000);
        assertThat(call.count(SfuCounter.RELAYED)).isGreaterThan(relayed);

        second.leave();
        call.runMs(100);
        relayed = call.count(SfuCounter.RELAYED);
        call.runMs(1_000);
        assertThat(call.count(SfuCounter.RELAYED)).isEqualTo(relayed);

        Call.Subscribed again = far.subscribe(video);
        call.runMs(1_000);
        assertThat(again.sink().framesShown()).isGreaterThan(25);
        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isZero();
    }

    @Test
    void whenThePublisherLeavesTheOthersGoOn() {
        room(213);
        Call.Published adaVideo = ada.publishVideo();
        Call.Published nearVideo = near.publishVideo();
        Call.Subscribed fromAda = far.subscribe(adaVideo);
        Call.Subscribed fromNear = far.subscribe(nearVideo);
        call.runMs(1_000);
        ada.leave();
        call.runMs(500);
        long packets = fromAda.sink().packets();
        long frames = fromNear.sink().framesShown();
        call.runMs(2_000);
        assertThat(fromAda.sink().packets()).isEqualTo(packets);
        assertThat(fromNear.sink().framesShown() - frames).isGreaterThan(55);
        assertThat(call.workers.get(1).worker().transports()).isEqualTo(1);
    }

    /// The same track from a new connection, on the other worker: numbers go on, nobody subscribes anew.
    @Test
    void aPublisherThatComesBackOnTheOtherWorkerKeepsItsSubscribers() {
        room(214);
        Call.Published video = ada.publishVideo();
        Call.Subscribed nearPicture = near.subscribe(video);
        Call.Subscribed farPicture = far.subscribe(video);
        call.runMs(2_000);
        Call.Peer again = call.joinedOn(1);
        SimTrack track = SimTrack.video(MediaCodec.VP8, "1", 999_000);
        SimSource source = again.node.peer().publish(track, SimSource.Pace.VIDEO.startingAt(5_000, 42));
        call.submit(new SfuCommand.Publish(again.transport, track.publishSpec(video.id())));
        source.start(call.simulation.nowNs());
        ada.leave();
        // The new camera counts its frames from zero; the made-up decoder shows those beyond what it has seen.
        call.runMs(2_500);
        long nearFrames = nearPicture.sink().framesShown();
        long farFrames = farPicture.sink().framesShown();
        call.runMs(2_000);

        assertThat(nearPicture.sink().framesShown() - nearFrames).isGreaterThan(55);
        assertThat(farPicture.sink().framesShown() - farFrames).isGreaterThan(55);
        assertThat(nearPicture.sink().missing()).isZero();
        assertThat(farPicture.sink().missing()).isZero();
        assertThat(nearPicture.sink().timestampsBack()).isZero();
        assertThat(call.count(1, SfuCounter.RELAYED)).isPositive();
    }

    @Test
    void muteIsKnownThereAndUnmuteBringsAKeyFrame() {
        room(215);
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = far.subscribe(video);
        call.runMs(2_000);
        ada.mute(video, true);
        video.source().stop();
        call.runMs(10_000);
        assertThat(call.count(SfuCounter.RELAY_REQUESTS)).isLessThan(3);
        ada.mute(video, false);
        video.source().start(call.simulation.nowNs());
        long keyFrames = seen.sink().keyFramesShown();
        call.runMs(1_000);
        assertThat(seen.sink().keyFramesShown()).isGreaterThan(keyFrames);
    }

    /// RFC 3550 §6.4.1: reports there are in the publisher's clock.
    @Test
    void pictureAndSoundStayInStepThere() {
        room(216);
        ada.link(LinkSettings.delay(30));
        Call.Published video = ada.publishVideo();
        Call.Subscribed nearPicture = near.subscribe(video);
        Call.Subscribed farPicture = far.subscribe(video);
        call.runMs(5_000);
        assertThat(farPicture.sink().reportedNtp()).isNotZero();
        long difference = farPicture.sink().reportedNtp() - nearPicture.sink().reportedNtp();
        long ticks = farPicture.sink().reportedTimestamp()
                - farPicture.sink().highestTimestamp()
                - (nearPicture.sink().reportedTimestamp() - nearPicture.sink().highestTimestamp());
        // Two reports of one clock: their NTP times differ by what their RTP times differ.
        double seconds = difference / 4_294_967_296.0;
        assertThat(ticks / 90_000.0).isCloseTo(seconds, offset(0.05));
    }
}
