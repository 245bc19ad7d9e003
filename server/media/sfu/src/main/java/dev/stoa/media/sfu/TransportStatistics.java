package dev.stoa.media.sfu;

import dev.stoa.media.sfu.allocation.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the streams of one transport are doing, as of one moment. Rates of what is sent follow from two of them.
///
/// @param atNs when, of the worker's clock
/// @param downlink what is known of the way to this peer; null where nothing follows bandwidth
public record TransportStatistics(
        long atNs, @Nullable DownlinkReport downlink, List<Received> received, List<Sent> sent) {
    /// One encoding this peer publishes.
    ///
    /// @param rid empty without simulcast
    /// @param alive it still comes
    /// @param bitrateBps over the last second or two
    /// @param bytes of RTP packets, since the beginning
    /// @param pictures of which something came, since the beginning; of audio: packets
    /// @param lost packets that did not come in the first place, since the beginning; repaired ones count
    /// @param fractionLost of the last second, in 1/256
    /// @param jitterNs of arrival (RFC 3550 §6.4.1)
    /// @param repairNs how long a repair takes: close to the round-trip time; 0 while there was none
    public record Received(
            TrackId track,
            String rid,
            VideoLayer layer,
            boolean alive,
            long bitrateBps,
            long bytes,
            long pictures,
            long packets,
            long lost,
            int fractionLost,
            long jitterNs,
            long repairNs) {}

    /// One track this peer is sent.
    ///
    /// @param packets and `payloadBytes`: since the beginning, without retransmissions
    /// @param fractionLost the receiver last told, in 1/256
    /// @param rttNs round-trip time, 0 while unknown
    /// @param wanted highest layer wanted
    /// @param layer what flows or will from the next key frame on
    /// @param temporal highest temporal layer that flows, -1 = all
    /// @param why what bandwidth decided last; null where it decides nothing
    public record Sent(
            SubscriptionId subscription,
            TrackId track,
            long packets,
            long payloadBytes,
            int fractionLost,
            long rttNs,
            VideoLayer wanted,
            VideoLayer layer,
            int temporal,
            @Nullable Decision why) {}
}
