package dev.stoa.bench.burst;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import java.util.ArrayList;
import java.util.List;

/// What arrives together, and for how many.
///
/// @param packets at a time
/// @param audio packets of as many microphones, else of one camera's frame
/// @param targetRatio of CPU per forwarded packet to the peer pattern
public record Burst(String name, int packets, int subscribers, boolean audio, double targetRatio) {
    public static final Burst FEW = new Burst("4 x 10", 4, 10, false, 0.5);
    public static final Burst MANY = new Burst("8 x 50", 8, 50, false, 0.4);
    public static final Burst VOICES = new Burst("audio 3 x 50", 3, 50, true, 0.5);

    private static final long INTERVAL_NS = 5_000_000;
    private static final int VIDEO_BYTES = 1_150;
    private static final int AUDIO_BYTES = 100;
    private static final int FIRST_SSRC = 1_000;
    private static final int SSRC_STEP = 10;
    private static final int SUBSCRIBER_STEP = 100;

    SimSource.Pace pace() {
        int bytes = audio ? AUDIO_BYTES : packets * VIDEO_BYTES;
        return new SimSource.Pace(INTERVAL_NS, bytes, bytes, 1, 1);
    }

    /// @param number 0 for the publisher, subscribers from 1
    List<SimTrack> tracks(int number) {
        List<SimTrack> tracks = new ArrayList<>();
        for (int i = 0; i < (audio ? packets : 1); i++) {
            int ssrc = FIRST_SSRC + i * SSRC_STEP + number * SUBSCRIBER_STEP;
            tracks.add(audio ? SimTrack.opus(String.valueOf(i), ssrc) : SimTrack.video(MediaCodec.VP8, "0", ssrc));
        }
        return tracks;
    }
}
