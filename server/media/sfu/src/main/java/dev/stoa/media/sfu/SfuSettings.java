package dev.stoa.media.sfu;

import dev.stoa.media.rtc.TransportSettings;
import dev.stoa.media.rtc.nack.NackSettings;

/// What an operator may tune of the forwarding.
///
/// @param transport limits and times of each transport
/// @param nack how packets lost on the way from a publisher are asked for again
/// @param videoRingPackets packets kept per video encoding to answer retransmission requests, a power of two. Higher:
///     longer round trips are covered, 1.5 kB of memory each
/// @param audioRingPackets the same for audio
/// @param replayPackets a late subscriber is served from the kept packets when its key frame began at most so many
///     packets ago. Higher: fewer key frames asked of publishers, bigger bursts to the subscriber; 0 = never
/// @param speakerIntervalNs length of a speaker measurement, and the shortest time between two reports
/// @param maxStreamsPerTransport SSRCs bound to tracks of one transport at most
/// @param rembBps bitrate promised to a publisher that negotiated no transport-cc feedback
/// @param loudest microphones of a room that are heard at once, at least 1; in a room with more of them those that
///     spoke last. Higher: more packets for everybody
/// @param bandwidth how what is sent follows what each subscriber's connection carries
/// @param addresses what one IP address may ask before it has proved anything
public record SfuSettings(
        TransportSettings transport,
        NackSettings nack,
        int videoRingPackets,
        int audioRingPackets,
        int replayPackets,
        long speakerIntervalNs,
        int maxStreamsPerTransport,
        long rembBps,
        BandwidthSettings bandwidth,
        int loudest,
        AddressLimits addresses) {
    /// Nobody follows more voices at once, and mixing more costs receivers.
    public static final int DEFAULT_LOUDEST = 50;

    public static final SfuSettings DEFAULT = new SfuSettings(
            TransportSettings.DEFAULT, NackSettings.DEFAULT, 512, 128, 200, 500_000_000L, 128, 5_000_000L);

    /// Nothing follows bandwidth, see [#withBandwidth].
    public SfuSettings(
            TransportSettings transport,
            NackSettings nack,
            int videoRingPackets,
            int audioRingPackets,
            int replayPackets,
            long speakerIntervalNs,
            int maxStreamsPerTransport,
            long rembBps) {
        this(
                transport,
                nack,
                videoRingPackets,
                audioRingPackets,
                replayPackets,
                speakerIntervalNs,
                maxStreamsPerTransport,
                rembBps,
                BandwidthSettings.OFF,
                DEFAULT_LOUDEST,
                AddressLimits.DEFAULT);
    }

    /// The same with other rules for what follows bandwidth.
    public SfuSettings withBandwidth(BandwidthSettings bandwidth) {
        return with(bandwidth, loudest, addresses);
    }

    /// The same with another number of microphones that are heard.
    public SfuSettings withLoudest(int loudest) {
        return with(bandwidth, loudest, addresses);
    }

    /// The same with other limits for addresses.
    public SfuSettings withAddresses(AddressLimits addresses) {
        return with(bandwidth, loudest, addresses);
    }

    private SfuSettings with(BandwidthSettings bandwidth, int loudest, AddressLimits addresses) {
        return new SfuSettings(
                transport,
                nack,
                videoRingPackets,
                audioRingPackets,
                replayPackets,
                speakerIntervalNs,
                maxStreamsPerTransport,
                rembBps,
                bandwidth,
                loudest,
                addresses);
    }
}
