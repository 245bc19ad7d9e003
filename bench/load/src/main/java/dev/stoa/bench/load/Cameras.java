package dev.stoa.bench.load;

import dev.stoa.client.Media;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What people publish. No two begin at the same frame or number.
public final class Cameras {
    private static final List<String> RIDS = List.of("f", "h", "q");
    private static final List<String> SIZES = List.of("1280x720", "640x360", "320x180");
    private static final long INTERVAL_NS = 33_333_333;
    private static final int NOT_USED = 1_000;

    private final SplittableRandom random = new SplittableRandom(20_26);

    public Media microphone() {
        return Media.audio("1", ssrc());
    }

    /// @param largest 0 for 720p, 1 for 360p, 2 for 180p; smaller layers follow
    public Media simulcast(MediaCodec codec, int largest) {
        List<Media.Encoding> encodings = new ArrayList<>();
        int ssrc = ssrc();
        for (int i = largest; i < SIZES.size(); i++) {
            SimTrack track = SimTrack.video(codec, "2", ssrc + 2 * i).withRid(RIDS.get(i - largest));
            encodings.add(encoding(track, RecordedFrames.of(codec, SIZES.get(i)), 1));
        }
        return new Media(Media.id(), encodings);
    }

    /// One encoding whose frames are `times` as large as those of 720p: many cameras in one.
    public Media single(MediaCodec codec, double times) {
        return new Media(
                Media.id(),
                List.of(encoding(
                        SimTrack.video(codec, "2", ssrc()), RecordedFrames.of(codec, SIZES.getFirst()), times)));
    }

    private Media.Encoding encoding(SimTrack track, RecordedFrames recorded, double times) {
        SimSource.Pace pace =
                new SimSource.Pace(INTERVAL_NS, NOT_USED, NOT_USED, random.nextInt(1 << 16), random.nextInt());
        int first = random.nextInt(recorded.frames());
        SimSource.FrameSizes sizes = times == 1 ? recorded.sizes() : scaled(recorded.sizes(), times);
        return new Media.Encoding(track, pace, source -> source.frameSizes(sizes, first));
    }

    private static SimSource.FrameSizes scaled(SimSource.FrameSizes sizes, double times) {
        int[] deltas = sizes.deltaBytes().clone();
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = (int) (deltas[i] * times);
        }
        return new SimSource.FrameSizes(deltas, (int) (sizes.keyBytes() * times));
    }

    private int ssrc() {
        return random.nextInt() & ~0xF;
    }
}
