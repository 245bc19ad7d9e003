package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.VideoLayer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Spatial layers in one stream: a subscriber gets those up to the one it wants, and can decode all it gets. Layers are
/// told by the dependency descriptor (AV1 RTP specification, appendix A) or by VP9's payload descriptor (RFC 9628).
class SvcTest {
    @ParameterizedTest
    @CsvSource({
        "VP9, 3, 3, true, true",
        "VP9, 3, 3, false, true",
        "VP9, 2, 2, false, true",
        "AV1, 3, 3, false, true",
        "AV1, 2, 1, true, true",
        "VP9, 3, 3, true, false",
        "VP9, 2, 2, false, false"
    })
    void everySizeCanBeHad(MediaCodec codec, int spatials, int temporals, boolean keyOnly, boolean described) {
        LayersCall call =
                new LayersCall(new Call(201), codec, new SimLayers(spatials, temporals, keyOnly, described), described);
        call.runMs(2_000);
        assertThat(call.sink.layers().newestSpatial()).isEqualTo(spatials - 1);
        for (VideoLayer wish : List.of(VideoLayer.MEDIUM, VideoLayer.HIGH, VideoLayer.LOW, VideoLayer.HIGH)) {
            call.wish(wish);
            call.runMs(300);
            int spatial = Math.max(0, spatials - 1 - (VideoLayer.HIGH.ordinal() - wish.ordinal()));
            assertThat(call.sink.layers().newestSpatial()).as("wish " + wish).isEqualTo(spatial);
            long before = spatial + 1 < spatials ? call.count(spatial + 1, 0) : 0;
            call.runMs(1_500);
            assertThat(spatial + 1 < spatials ? call.count(spatial + 1, 0) : 0).isEqualTo(before);
        }
        call.isWhole();
        assertThat(call.sink.fillers()).isZero();
    }

    /// L3T3_KEY: small pictures between key pictures are no part of large ones.
    @Test
    void whatALargePictureDoesNotNeedIsNotSent() {
        LayersCall call = new LayersCall(new Call(202), MediaCodec.VP9, new SimLayers(3, 3, true, true), true);
        call.runMs(3_000);
        assertThat(call.count(0, 0)).isLessThan(4);
        assertThat(call.count(2, 0)).isGreaterThan(15);
        assertThat(call.leftOut()).isPositive();
        call.isWhole();
    }

    /// L2T2: a larger picture builds on the smaller one, so the smaller needs no key frame.
    @Test
    void downNeedsNoKeyFrameWhereSmallFlowedAnyway() {
        LayersCall call = new LayersCall(new Call(203), MediaCodec.AV1, new SimLayers(2, 2, false, true), true);
        call.runMs(2_000);
        long asked = call.call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT);
        call.wish(VideoLayer.LOW);
        call.runMs(100);
        assertThat(call.sink.layers().newestSpatial()).isZero();
        call.runMs(2_000);
        assertThat(call.call.count(SfuCounter.KEY_FRAME_REQUESTS_SENT)).isEqualTo(asked);
        call.isWhole();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void wishesOnBadLinksLeaveNothingMissing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean keyOnly = random.nextBoolean();
        boolean described = random.nextInt(4) > 0;
        LayersCall call =
                new LayersCall(new Call(seed), MediaCodec.VP9, new SimLayers(3, 3, keyOnly, described), described);
        LinkSettings lossy =
                LinkSettings.delay(20).withLoss(0.03).withJitter(15).withReordering(0.02, 30);
        call.ada.link(lossy);
        call.ben.link(lossy);
        VideoLayer[] layers = {VideoLayer.LOW, VideoLayer.MEDIUM, VideoLayer.HIGH};
        for (int i = 0; i < 12; i++) {
            call.wish(layers[random.nextInt(3)]);
            call.runMs(200 + random.nextInt(800));
        }
        call.ada.link(LinkSettings.delay(20));
        call.ben.link(LinkSettings.delay(20));
        call.runMs(3_000);
        assertThat(call.sink.missing()).as("missing, seed " + seed).isZero();
        assertThat(call.sink.layers().undecodable())
                .as("undecodable, seed " + seed)
                .isZero();
        assertThat(call.sink.layers().doubleMarkers())
                .as("markers, seed " + seed)
                .isZero();
        assertThat(call.sink.layers().complete()).isGreaterThan(100);
    }
}
