package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.VideoLayer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Encodings without announced SSRCs (RFC 8852): a subscriber gets one of them at a time, as one stream.
class SimulcastTest {
    private static final List<String> ALL = List.of("f", "h", "q");

    @Test
    void theBestComesFirst() {
        SimulcastCall call = new SimulcastCall(91, ALL);
        call.runMs(2_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        call.isSeamlessWithoutRepairs();
    }

    @ParameterizedTest
    @EnumSource(
            value = MediaCodec.class,
            names = {"VP8", "H264"})
    void everyWishIsFollowedWithin250Ms(MediaCodec codec) {
        SimulcastCall call = new SimulcastCall(92, ALL, codec, 1_000, 77_777);
        call.delays(20);
        call.runMs(3_000);
        for (VideoLayer wish :
                List.of(VideoLayer.LOW, VideoLayer.HIGH, VideoLayer.MEDIUM, VideoLayer.LOW, VideoLayer.MEDIUM)) {
            call.wish(wish);
            call.runMs(250);
            assertThat(call.layer()).as("wish " + wish).isEqualTo(wish);
            call.runMs(1_000);
        }
        call.isSeamlessWithoutRepairs();
        assertThat(call.sink().maxGapNs()).isLessThan(100_000_000);
    }

    @Test
    void wishesInARowAreFollowedAsSoonAsPublishersMakeKeyFrames() {
        SimulcastCall call = new SimulcastCall(93, ALL);
        call.runMs(3_000);
        for (VideoLayer wish : List.of(VideoLayer.LOW, VideoLayer.HIGH, VideoLayer.LOW, VideoLayer.HIGH)) {
            call.wish(wish);
            call.runMs(400);
            assertThat(call.layer()).as("wish " + wish).isEqualTo(wish);
        }
        call.isSeamlessWithoutRepairs();
    }

    @Test
    void manyWhoWantALayerAtOnceCostItOneKeyFrame() {
        SimulcastCall call = new SimulcastCall(94, ALL);
        List<Call.Subscribed> more =
                List.of(call.watch(), call.watch(), call.watch(), call.watch(), call.watch(), call.watch());
        call.runMs(3_000);
        long before = call.source("h").keyFramesSent();
        long others = call.source("q").keyFramesSent();
        more.forEach(one -> one.peer().set(one, VideoLayer.MEDIUM));
        call.runMs(1_000);
        assertThat(more).allSatisfy(one -> assertThat(call.layerOf(one.sink())).isEqualTo(VideoLayer.MEDIUM));
        assertThat(call.source("h").keyFramesSent() - before).isEqualTo(1);
        assertThat(call.source("q").keyFramesSent()).isEqualTo(others);
    }

    @Test
    void nothingFlowsWhileNoneIsWantedAndItComesBackWhole() {
        SimulcastCall call = new SimulcastCall(95, ALL);
        call.runMs(2_000);
        call.wish(VideoLayer.NONE);
        call.runMs(200);
        long packets = call.sink().packets();
        call.runMs(2_000);
        assertThat(call.sink().packets()).isEqualTo(packets);
        call.wish(VideoLayer.MEDIUM);
        call.runMs(250);
        assertThat(call.layer()).isEqualTo(VideoLayer.MEDIUM);
        call.runMs(2_000);
        call.isSeamlessWithoutRepairs();
    }

    @ParameterizedTest
    @CsvSource({
        "f h, HIGH, HIGH", "f h, MEDIUM, MEDIUM", "f h, LOW, MEDIUM",
        "f q, HIGH, HIGH", "f q, MEDIUM, LOW", "f q, LOW, LOW",
        "h q, HIGH, MEDIUM", "h q, MEDIUM, MEDIUM", "h q, LOW, LOW"
    })
    void aLayerThatDoesNotExistIsReplacedByTheNearest(String rids, VideoLayer wish, VideoLayer given) {
        SimulcastCall call = new SimulcastCall(96, List.of(rids.split(" ")));
        call.runMs(2_000);
        call.wish(wish);
        call.runMs(1_000);
        assertThat(call.layer()).isEqualTo(given);
        assertThat(call.changes()).isEmpty();
        call.isSeamlessWithoutRepairs();
    }

    @Test
    void anEncodingThatIsSwitchedOffIsReplacedWithinASecondAndTakenAgainWhenItReturns() {
        SimulcastCall call = new SimulcastCall(97, ALL);
        call.runMs(3_000);
        call.source("f").stop();
        call.runMs(1_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.MEDIUM);
        call.source("f").askKeyFrame();
        call.source("f").start(call.nowNs());
        call.runMs(100);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        call.runMs(1_000);
        call.isSeamlessWithoutRepairs();
        assertThat(call.sink().maxGapNs()).isLessThan(1_000_000_000);
    }

    @Test
    void theSubscriberIsToldOfLayersThatGoAndReturnButNotOfItsOwnWishes() {
        SimulcastCall call = new SimulcastCall(98, ALL);
        call.runMs(3_000);
        call.wish(VideoLayer.LOW);
        call.runMs(1_000);
        call.wish(VideoLayer.HIGH);
        call.runMs(1_000);
        assertThat(call.changes()).isEmpty();

        call.source("f").stop();
        call.runMs(2_000);
        call.source("h").stop();
        call.runMs(2_000);
        call.source("h").start(call.nowNs());
        call.runMs(2_000);
        call.source("f").start(call.nowNs());
        call.runMs(2_000);

        assertThat(call.changes())
                .extracting(SfuEvent.LayerChanged::current)
                .containsExactly(VideoLayer.MEDIUM, VideoLayer.LOW, VideoLayer.MEDIUM, VideoLayer.HIGH);
        assertThat(call.changes()).extracting(SfuEvent.LayerChanged::expected).containsOnly(VideoLayer.HIGH);
        assertThat(call.changes())
                .extracting(SfuEvent.LayerChanged::publisherDegraded)
                .containsExactly(true, true, true, false);
        assertThat(call.changes())
                .extracting(SfuEvent.LayerChanged::subscriberDegraded)
                .containsOnly(false);
    }

    @Test
    void whoDoesNotGetTheLayerIsNotTold() {
        SimulcastCall call = new SimulcastCall(99, ALL);
        call.runMs(2_000);
        call.wish(VideoLayer.LOW);
        call.runMs(1_000);
        call.source("f").stop();
        call.runMs(3_000);
        call.source("f").start(call.nowNs());
        call.runMs(1_000);
        assertThat(call.changes()).isEmpty();
        assertThat(call.layer()).isEqualTo(VideoLayer.LOW);
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 1_000, 30_000})
    void aCameraThatPausesAltogetherLosesNoLayer(long pauseMs) {
        SimulcastCall call = new SimulcastCall(100, ALL);
        call.runMs(3_000);
        call.sources().forEach(SimSource::stop);
        call.runMs(pauseMs);
        call.sources().forEach(source -> source.start(call.nowNs()));
        call.runMs(2_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.HIGH);
        assertThat(call.changes()).isEmpty();
        call.isSeamlessWithoutRepairs();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void switchesAreSeamlessOnBadLinks(long seed) {
        SimulcastCall call = new SimulcastCall(seed, ALL);
        call.runMs(1_000);
        LinkSettings bad = LinkSettings.delay(20).withJitter(10).withLoss(0.03).withReordering(0.02, 8);
        call.links(bad);
        SplittableRandom wishes = new SplittableRandom(seed);
        VideoLayer[] layers = {VideoLayer.LOW, VideoLayer.MEDIUM, VideoLayer.HIGH};
        for (int i = 0; i < 40; i++) {
            call.wish(layers[wishes.nextInt(layers.length)]);
            call.runMs(wishes.nextInt(100, 1_000));
        }
        call.links(LinkSettings.CLEAN);
        call.wish(VideoLayer.HIGH);
        call.runMs(2_000);

        assertThat(call.layer()).as(call.name()).isEqualTo(VideoLayer.HIGH);
        call.isSeamless();
        long made = call.source("f").framesSent();
        assertThat(call.sink().framesShown()).as(call.name()).isGreaterThan(made * 90 / 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFF, 0xFFF0, 0xFF80, 0xFE00, 0x7FFF, 0})
    void numbersThatWrapDuringSwitchesStayInOrder(int firstSeq) {
        SimulcastCall call = new SimulcastCall(101, ALL, MediaCodec.VP8, firstSeq, -200_000);
        call.runMs(1_000);
        for (int i = 0; i < 12; i++) {
            call.wish(i % 2 == 0 ? VideoLayer.LOW : VideoLayer.HIGH);
            call.runMs(500);
        }
        call.isSeamless();
    }

    /// RFC 3550 §6.4.1: each encoding has a clock of its own; sender reports tell how they belong together. Without
    /// them the jitter of the network would get into the timestamps at each switch.
    @Test
    void timestampsFollowThePublishersClockWhateverTheNetworkDoes() {
        SimulcastCall call = new SimulcastCall(102, ALL);
        call.publisherLink(LinkSettings.delay(30).withJitter(60));
        call.runMs(5_000);
        call.sink().resetClockSpread();
        for (int i = 0; i < 20; i++) {
            call.wish(i % 2 == 0 ? VideoLayer.LOW : VideoLayer.HIGH);
            call.runMs(1_000);
        }
        assertThat(call.sink().clockSpreadNs()).isLessThan(2_000_000);
        call.isSeamless();
    }

    @Test
    void aKeyFrameRequestOfASubscriberReachesTheEncodingItGets() {
        SimulcastCall call = new SimulcastCall(103, ALL);
        call.runMs(2_000);
        call.wish(VideoLayer.MEDIUM);
        call.runMs(2_000);
        long h = call.source("h").keyFramesSent();
        long f = call.source("f").keyFramesSent();
        call.ben().node.peer().askKeyFrame(call.sink());
        call.runMs(1_000);
        assertThat(call.source("h").keyFramesSent()).isEqualTo(h + 1);
        assertThat(call.source("f").keyFramesSent()).isEqualTo(f);
    }

    @Test
    void aTrackThatIsDescribedAnewKeepsItsSourcesAndItsSubscribers() {
        SimulcastCall call = new SimulcastCall(104, ALL);
        call.runMs(2_000);
        call.wish(VideoLayer.MEDIUM);
        call.runMs(1_000);
        call.sources().forEach(SimSource::acknowledge);
        ExtensionIds before = SimTrack.VIDEO_IDS;
        ExtensionIds without = new ExtensionIds(
                before.mid(), before.rid(), before.repairedRid(), 0, before.transportCc(), before.absSendTime(), 0, 0);
        call.sfu().submit(new SfuCommand.Publish(call.ada().transport, call.spec(without, ALL)));
        call.runMs(1_000);
        assertThat(call.layer()).isEqualTo(VideoLayer.MEDIUM);
        assertThat(call.count(SfuCounter.DROPPED_UNBOUND_RTP)).isZero();
        call.isSeamless();
    }
}
