package dev.stoa.media.sim;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.DownlinkReport;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.TrackId;
import java.util.ArrayList;
import java.util.List;

/// Ada talks in front of a camera with three encodings of 1200, 400 and 100 kbit/s at 30 frames a second, as in the
/// quality bench; Ben listens and watches behind a link that gets worse and better. Told second by second.
final class ImpairedCall {
    /// One second of what Ben got.
    ///
    /// @param frames shown
    /// @param bps audio and video that arrived, with headers
    /// @param lines of the picture: 4 = all, 2 = half, 1 = a quarter, 0 = none yet
    /// @param talkLost audio packets that did not come, nor with a later one
    /// @param estimateBps in the end
    record Second(long linkBps, long frames, long bps, int lines, long talkLost, long estimateBps) {}

    private static final TrackId CAMERA = new TrackId(9_000);
    private static final long FRAME_NS = 33_333_333;
    private static final double SPREAD = 0.4;
    private static final List<String> RIDS = List.of("f", "h", "q");
    /// Payload of a frame of each encoding, and of a key frame.
    private static final int[] FRAME_BYTES = {5_000, 1_667, 417};
    private static final int[] KEY_FRAME_BYTES = {30_000, 11_000, 3_300};

    private final Call call;
    private final Call.Peer ada;
    private final Call.Peer ben;
    private final Call.Subscribed picture;
    private final Call.Published microphone;
    private final Call.Subscribed talk;
    private final List<Second> seconds = new ArrayList<>();
    private long linkBps;

    ImpairedCall(long seed, BandwidthSettings settings) {
        this.call = new Call(seed, SrtpProfile.AEAD_AES_128_GCM, SfuSettings.DEFAULT.withBandwidth(settings));
        this.ada = call.joined();
        this.ben = call.joined();
        this.microphone = ada.publishAudio();
        List<SimSource> sources = new ArrayList<>();
        for (int i = 0; i < RIDS.size(); i++) {
            SimTrack track = SimTrack.video(MediaCodec.VP8, "1", 500 + 10 * i).withRid(RIDS.get(i));
            SimSource.Pace pace =
                    new SimSource.Pace(FRAME_NS, FRAME_BYTES[i], KEY_FRAME_BYTES[i], 1_000 * (i + 1), 77_777 * i);
            SimSource source = ada.node.peer().publish(track, pace);
            source.vary(SPREAD);
            sources.add(source);
        }
        PublishSpec spec = new PublishSpec(
                CAMERA, MediaKind.VIDEO, MediaCodec.VP8, "1", 96, 97, List.of(), List.of(), RIDS, SimTrack.VIDEO_IDS);
        call.submit(new SfuCommand.Publish(ada.transport, spec));
        this.talk = ben.subscribe(microphone);
        this.picture = ben.subscribe(new Call.Published(ada, CAMERA, sources.getFirst()));
        sources.forEach(source -> source.start(call.simulation.nowNs()));
    }

    /// A link of 20 ms with a queue of 300 ms.
    static LinkSettings narrow(long bps) {
        return LinkSettings.delay(20).withRate(bps, (int) (bps / 8 * 3 / 10));
    }

    /// What Ben is sent takes this way from now on.
    ImpairedCall down(LinkSettings settings) {
        linkBps = settings.rateBps();
        call.simulation.network().reshape(Call.SERVER, ben.node.address(), settings);
        return this;
    }

    /// What Ben sends takes this way from now on.
    ImpairedCall up(LinkSettings settings) {
        call.simulation.network().reshape(ben.node.address(), Call.SERVER, settings);
        return this;
    }

    ImpairedCall run(int count) {
        for (int i = 0; i < count; i++) {
            long frames = picture.sink().framesShown();
            long bytes = picture.sink().bytes() + talk.sink().bytes();
            long unheard = unheard();
            call.runMs(1_000);
            seconds.add(new Second(
                    linkBps,
                    picture.sink().framesShown() - frames,
                    (picture.sink().bytes() + talk.sink().bytes() - bytes) * 8,
                    lines(),
                    unheard() - unheard,
                    estimate()));
        }
        return this;
    }

    private long unheard() {
        return microphone.source().framesSent() - talk.sink().framesComplete();
    }

    /// What was said and could not be heard, 0 to 1.
    static double concealed(List<Second> seconds) {
        return seconds.stream().mapToLong(Second::talkLost).sum() / (50.0 * seconds.size());
    }

    private long estimate() {
        DownlinkReport report = call.sfu.worker().report(ben.transport);
        return report == null ? 0 : report.estimateBps();
    }

    /// By the packets of the newest frame.
    private int lines() {
        int packets = picture.sink().framePackets();
        return packets == 0 ? 0 : packets >= 3 && packets != 10 ? 4 : packets == 1 || packets == 3 ? 1 : 2;
    }

    List<Second> seconds() {
        return seconds;
    }

    /// The last `count` seconds.
    List<Second> last(int count) {
        return seconds.subList(seconds.size() - count, seconds.size());
    }

    static long withoutFrame(List<Second> seconds) {
        return seconds.stream().filter(second -> second.frames() == 0).count();
    }

    /// Share of what the link could have carried.
    static double linkUse(List<Second> seconds) {
        double arrived = seconds.stream().mapToLong(Second::bps).sum();
        return arrived / seconds.stream().mapToLong(Second::linkBps).sum();
    }

    long count(SfuCounter counter) {
        return call.count(counter);
    }

    String name() {
        return call.name();
    }
}
