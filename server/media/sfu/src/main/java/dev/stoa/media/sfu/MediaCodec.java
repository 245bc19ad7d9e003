package dev.stoa.media.sfu;

/// Codecs that are forwarded. What the SFU knows of a codec is how to find a key frame.
public enum MediaCodec {
    OPUS(48_000),
    VP8(90_000),
    VP9(90_000),
    H264(90_000),
    AV1(90_000);

    private final int clockRate;

    MediaCodec(int clockRate) {
        this.clockRate = clockRate;
    }

    /// RTP clock in Hz.
    public int clockRate() {
        return clockRate;
    }
}
