package dev.stoa.rooms.statistics;

/// How one stream did up to one moment, mostly since the sample before. A number below zero and an empty text mean: not
/// known.
///
/// @param atMs Unix epoch milliseconds
/// @param bitrateBps what came or was sent; of a connection: what it is believed to carry
/// @param lossPercent packets that did not arrive at first, 0 to 100
/// @param rttMs round-trip time
/// @param jitterMs of arrival (RFC 3550 §6.4.1)
/// @param fps pictures per second
/// @param freezes pictures that stood still, since the sample before
/// @param concealed audio samples made up for lost ones, since the sample before
/// @param layer `high`, `medium`, `low` or `none`
/// @param reason why this layer: `as-wanted`, `not-wanted`, `not-sent`, `bandwidth`, `waiting`, `grace` or
///     `switched-off`
public record StreamSample(
        long atMs,
        long bitrateBps,
        double lossPercent,
        double rttMs,
        double jitterMs,
        double fps,
        long freezes,
        long concealed,
        String layer,
        String reason) {
    public static final int UNKNOWN = -1;

    /// Nothing is known but the time.
    public static StreamSample at(long atMs) {
        return new StreamSample(atMs, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "", "");
    }

    public StreamSample withBitrate(long bps) {
        return new StreamSample(atMs, bps, lossPercent, rttMs, jitterMs, fps, freezes, concealed, layer, reason);
    }

    public StreamSample withLoss(double percent) {
        return new StreamSample(atMs, bitrateBps, percent, rttMs, jitterMs, fps, freezes, concealed, layer, reason);
    }

    public StreamSample withRtt(double ms) {
        return new StreamSample(atMs, bitrateBps, lossPercent, ms, jitterMs, fps, freezes, concealed, layer, reason);
    }

    public StreamSample withJitter(double ms) {
        return new StreamSample(atMs, bitrateBps, lossPercent, rttMs, ms, fps, freezes, concealed, layer, reason);
    }

    public StreamSample withFps(double pictures) {
        return new StreamSample(
                atMs, bitrateBps, lossPercent, rttMs, jitterMs, pictures, freezes, concealed, layer, reason);
    }

    /// @param concealedSamples as `concealed`
    public StreamSample withGaps(long frozen, long concealedSamples) {
        return new StreamSample(
                atMs, bitrateBps, lossPercent, rttMs, jitterMs, fps, frozen, concealedSamples, layer, reason);
    }

    public StreamSample withLayer(String chosen, String why) {
        return new StreamSample(atMs, bitrateBps, lossPercent, rttMs, jitterMs, fps, freezes, concealed, chosen, why);
    }
}
