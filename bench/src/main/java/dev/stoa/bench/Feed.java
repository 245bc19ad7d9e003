package dev.stoa.bench;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;

/// What the publisher sends: frames of five packets of 1.2 kB. All frames have one size, so that every server forwards
/// the same.
///
/// @param name for the table
/// @param index numbers the track
/// @param intervalNs from frame to frame
record Feed(String name, int index, long intervalNs) {
    /// 30 frames a second: a camera.
    static final Feed CAMERA = new Feed("1.5 Mbit/s", 0, 33_333_333);

    /// 200 frames a second: what seven publishers together send. Also warms the servers up.
    static final Feed BUSY = new Feed("10 Mbit/s", 1, 5_000_000);

    static final int SSRC = 1_000;
    private static final int PACKETS_PER_FRAME = 5;
    private static final int PAYLOAD_BYTES = 1_150;
    private static final int SSRC_STEP = 10;
    private static final int SUBSCRIBER_STEP = 100;

    SimSource.Pace pace() {
        int bytes = PACKETS_PER_FRAME * PAYLOAD_BYTES;
        return new SimSource.Pace(intervalNs, bytes, bytes, 1, 1);
    }

    /// As the publisher sends it.
    SimTrack published() {
        return SimTrack.video(MediaCodec.VP8, String.valueOf(index), SSRC + index * SSRC_STEP);
    }

    /// As a subscriber gets it: the SSRC differs by [#ssrcShift].
    SimTrack subscribed(int subscriber) {
        return SimTrack.video(MediaCodec.VP8, String.valueOf(index), SSRC + index * SSRC_STEP + ssrcShift(subscriber));
    }

    /// @param subscriber from 1
    static int ssrcShift(int subscriber) {
        return subscriber * SUBSCRIBER_STEP;
    }
}
