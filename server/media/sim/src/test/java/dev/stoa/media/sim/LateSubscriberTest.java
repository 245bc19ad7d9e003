package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A late subscriber gets a key frame at once, without the publisher being asked more often than once a second.
class LateSubscriberTest {
    private static final long AT_ONCE_NS = 200_000_000;

    @ParameterizedTest
    @EnumSource(
            value = MediaCodec.class,
            names = {"VP8", "H264"})
    void seesAPictureAtOnceWhenTheLastKeyFrameIsLongAgo(MediaCodec codec) {
        Call call = new Call(31);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        ada.link(LinkSettings.delay(20));
        ben.link(LinkSettings.delay(20));
        Call.Published video = ada.publish(SimTrack.video(codec, "1", 77), SimSource.Pace.VIDEO);
        call.runMs(30_000);
        assertThat(video.source().keyFramesSent()).isEqualTo(1);

        long joinedNs = call.simulation.nowNs();
        Call.Subscribed late = ben.subscribe(video);
        call.runMs(1_000);

        assertThat(late.sink().firstShownNs() - joinedNs).isBetween(0L, AT_ONCE_NS);
        assertThat(video.source().keyFramesSent()).isEqualTo(2);
        assertThat(late.sink().keyFramesShown()).isEqualTo(1);
    }

    /// A frozen tab answers no request: it is asked again as often as the throttle lets through, and in between
    /// there is nothing to do.
    @Test
    void aSilentPublisherIsAskedAgainWithoutHaste() {
        Call call = new Call(34);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        call.runMs(30_000);
        video.source().stop();
        call.runMs(1_000);
        long before = call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT);

        ben.subscribe(video);
        call.runMs(10_000);

        assertThat(call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT) - before).isBetween(8L, 25L);
    }

    @Test
    void manyWhoJoinWithinASecondCostThePublisherOneKeyFrame() {
        Call call = new Call(32);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        call.runMs(30_000);

        for (int i = 0; i < 5; i++) {
            Call.Peer peer = call.joined();
            long joinedNs = call.simulation.nowNs();
            Call.Subscribed late = peer.subscribe(video);
            call.runMs(150);
            assertThat(late.sink().firstShownNs() - joinedNs)
                    .as("subscriber " + i)
                    .isBetween(0L, AT_ONCE_NS);
            assertThat(late.sink().missing()).isZero();
        }

        assertThat(video.source().keyFramesSent()).isEqualTo(2);
        assertThat(call.count(SfuCounter.KEY_FRAMES_REPLAYED)).isEqualTo(4);
    }

    @Test
    void whoSubscribesBeforeConnectingIsServedWhenConnected() {
        Call call = new Call(33);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        call.runMs(5_000);

        Call.Peer ben = call.join();
        Call.Subscribed early = ben.subscribe(video);
        call.connect(ben);
        long connectedNs = call.simulation.nowNs();
        call.runMs(1_000);

        assertThat(early.sink().firstShownNs() - connectedNs).isBetween(0L, AT_ONCE_NS);
    }

    @ParameterizedTest
    @ValueSource(longs = {34, 35, 36, 37, 38})
    void aLostRequestIsRepeated(long seed) {
        Call call = new Call(seed);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        call.runMs(10_000);

        call.simulation.network().link(Call.SERVER, ada.node.address(), LinkSettings.CLEAN.withLoss(1));
        Call.Subscribed late = ben.subscribe(video);
        call.runMs(500);
        assertThat(late.sink().framesShown()).as(call.name()).isZero();
        call.simulation.network().link(Call.SERVER, ada.node.address(), LinkSettings.CLEAN);
        call.runMs(1_000);

        assertThat(late.sink().framesShown()).as(call.name()).isGreaterThan(5);
    }

    @Test
    void aPublisherIsAskedAtMostOncePerSecondHoweverOftenSubscribersAsk() {
        Call call = new Call(39);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(2_000);
        long before = ada.node.peer().feedback().keyFrameRequests();

        for (int i = 0; i < 50; i++) {
            ben.node.peer().askKeyFrame(seen.sink());
            call.runMs(100);
        }

        long asked = ada.node.peer().feedback().keyFrameRequests() - before;
        assertThat(call.count(SfuCounter.KEY_FRAME_REQUESTS_RECEIVED)).isEqualTo(50);
        assertThat(asked).isBetween(4L, 6L);
    }
}
