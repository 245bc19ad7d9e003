package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Degradation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ada sends a camera in several encodings, Ben watches. Sizes tell the encodings apart.
final class SimulcastCall {
    private static final TrackId TRACK = new TrackId(9_000);
    private static final Map<String, Integer> FRAME_PACKETS = Map.of("f", 8, "h", 4, "q", 1);
    private static final long INTERVAL_NS = 33_333_333;

    private final Call call;
    private final Call.Peer ada;
    private final Call.Peer ben;
    private final Map<String, SimSource> sources = new LinkedHashMap<>();
    private final Call.Subscribed seen;
    private final MediaCodec codec;

    SimulcastCall(long seed, List<String> rids) {
        this(seed, rids, MediaCodec.VP8, 1_000, 77_777);
    }

    SimulcastCall(long seed, List<String> rids, MediaCodec codec, int firstSeq, int firstTimestamp) {
        this(new Call(seed), rids, codec, firstSeq, firstTimestamp);
    }

    SimulcastCall(Call call, List<String> rids, MediaCodec codec, int firstSeq, int firstTimestamp) {
        this.call = call;
        this.codec = codec;
        this.ada = call.joined();
        this.ben = call.joined();
        for (String rid : rids) {
            int i = sources.size();
            int packets = FRAME_PACKETS.get(rid);
            SimTrack track = SimTrack.video(codec, "1", 500 + 10 * i).withRid(rid);
            // Each encoding has numbers and a clock of its own.
            SimSource.Pace pace = new SimSource.Pace(
                    INTERVAL_NS,
                    1_100 * packets,
                    3_300 * packets,
                    (firstSeq + 1_000 * i) & 0xFFFF,
                    firstTimestamp * (i + 1));
            sources.put(rid, ada.node.peer().publish(track, pace));
        }
        call.submit(new SfuCommand.Publish(ada.transport, spec(SimTrack.VIDEO_IDS, rids)));
        this.seen = watch(ben);
        sources.values().forEach(source -> source.start(call.simulation.nowNs()));
    }

    PublishSpec spec(ExtensionIds ids, List<String> rids) {
        return new PublishSpec(TRACK, MediaKind.VIDEO, codec, "1", 96, 97, List.of(), List.of(), rids, ids);
    }

    private Call.Subscribed watch(Call.Peer peer) {
        return peer.subscribe(
                new Call.Published(ada, TRACK, sources.values().iterator().next()));
    }

    /// One more who watches.
    Call.Subscribed watch() {
        return watch(call.joined());
    }

    void wish(VideoLayer layer) {
        ben.set(seen, layer);
    }

    /// What becomes of Ben's videos where his link is too narrow for any.
    void degradation(Degradation degradation) {
        call.submit(new SfuCommand.SetDegradation(ben.transport, degradation));
    }

    /// What the newest frame is of.
    VideoLayer layer() {
        return layerOf(sink());
    }

    VideoLayer layerOf(SimSink sink) {
        return switch (sink.framePackets()) {
            case 8, 24 -> VideoLayer.HIGH;
            case 4, 12 -> VideoLayer.MEDIUM;
            case 1, 3 -> VideoLayer.LOW;
            default -> VideoLayer.NONE;
        };
    }

    void delays(long ms) {
        links(LinkSettings.delay(ms));
    }

    void links(LinkSettings settings) {
        ada.link(settings);
        ben.link(settings);
    }

    void publisherLink(LinkSettings settings) {
        ada.link(settings);
    }

    /// As [#isSeamless()], and nothing was sent twice, not even as a repair.
    void isSeamlessWithoutRepairs() {
        isSeamless();
        assertThat(sink().duplicates()).as("twice, " + name()).isZero();
    }

    /// One stream for the subscriber: no number missing, time only forwards, frames that build on each other.
    void isSeamless() {
        assertThat(sink().missing()).as("missing, " + name()).isZero();
        assertThat(sink().timestampsBack()).as("time, " + name()).isZero();
        assertThat(sink().vp8Breaks()).as("VP8 numbers, " + name()).isZero();
        if (codec == MediaCodec.VP8) {
            assertThat(sink().vp8Compared()).as(name()).isPositive();
        }
    }

    List<SfuEvent.LayerChanged> changes() {
        return call.events(SfuEvent.LayerChanged.class);
    }

    SimSink sink() {
        return seen.sink();
    }

    SimSource source(String rid) {
        return sources.get(rid);
    }

    List<SimSource> sources() {
        return List.copyOf(sources.values());
    }

    Call.Peer ada() {
        return ada;
    }

    Call.Peer ben() {
        return ben;
    }

    SfuNode sfu() {
        return call.sfu;
    }

    long count(SfuCounter counter) {
        return call.count(counter);
    }

    void runMs(long ms) {
        call.runMs(ms);
    }

    long nowNs() {
        return call.simulation.nowNs();
    }

    String name() {
        return call.name();
    }
}
