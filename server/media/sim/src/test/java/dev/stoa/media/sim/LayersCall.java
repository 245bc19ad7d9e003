package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.VideoLayer;

/// Ada sends one stream with layers inside, Ben watches.
final class LayersCall {
    static final ExtensionIds DESCRIBED = new ExtensionIds(4, 0, 0, 0, 3, 2, 13, 12);
    private static final TrackId TRACK = new TrackId(9_100);

    final Call call;
    final Call.Peer ada;
    final Call.Peer ben;
    final SimSource source;
    final SubscriptionId subscription = new SubscriptionId(9_101);
    final SimSink sink;
    private final MediaCodec codec;

    LayersCall(Call call, MediaCodec codec, SimLayers layers, boolean described) {
        this(call, codec, layers, described, SimSource.Pace.VIDEO.startingAt(65_500, -5));
    }

    LayersCall(Call call, MediaCodec codec, SimLayers layers, boolean described, SimSource.Pace pace) {
        this.call = call;
        this.codec = codec;
        this.ada = call.joined();
        this.ben = call.joined();
        ExtensionIds ids = described ? DESCRIBED : SimTrack.VIDEO_IDS;
        this.source = ada.node.peer().publish(SimTrack.video(codec, "1", 500).withExtensions(ids), pace);
        source.layers(layers);
        call.sfu.submit(new SfuCommand.Publish(ada.transport, source.track().publishSpec(TRACK)));
        SimTrack seen = new SimTrack(codec, "2", 120, 121, -1, 900, 901, ids, "");
        this.sink = ben.node.peer().receive(seen);
        call.sfu.submit(new SfuCommand.Subscribe(ben.transport, seen.subscribeSpec(subscription, TRACK, true)));
        source.start(call.simulation.nowNs());
    }

    void wish(VideoLayer layer) {
        call.sfu.submit(new SfuCommand.SetSubscription(ben.transport, subscription, layer));
    }

    void runMs(long ms) {
        call.runMs(ms);
    }

    long count(int spatial, int temporal) {
        return sink.layers().count(spatial, temporal);
    }

    long leftOut() {
        return call.count(SfuCounter.LAYERS_LEFT_OUT);
    }

    /// What was left out cannot be noticed: no number missing, time only forwards, all that came can be decoded.
    void isWhole() {
        assertThat(sink.missing()).as("missing, " + call.name()).isZero();
        assertThat(sink.duplicates()).as("duplicates, " + call.name()).isZero();
        assertThat(sink.timestampsBack()).as("time, " + call.name()).isZero();
        assertThat(sink.layers().undecodable())
                .as("undecodable, " + call.name())
                .isZero();
        assertThat(sink.layers().doubleMarkers()).as("markers, " + call.name()).isZero();
        if (codec == MediaCodec.VP8) {
            assertThat(sink.vp8Breaks()).as("VP8 numbers, " + call.name()).isZero();
            assertThat(sink.vp8Compared()).as(call.name()).isPositive();
        }
    }
}
