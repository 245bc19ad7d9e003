package dev.stoa.media.sfu;

import dev.stoa.media.rtc.bwe.EstimateLimit;
import dev.stoa.media.sfu.allocation.Decision;
import java.util.List;

/// What is known of the way to one subscriber and what was made of it, at one moment.
///
/// @param estimateBps what the way is believed to carry, in bits per second
/// @param limit why it is not believed to carry more
/// @param wishBps what would satisfy all wishes
/// @param ackedBps what arrives, -1 = unknown
/// @param rttNs smoothed round trip
/// @param loss share of packets lost lately, 0 to 1
/// @param inherentLoss share the way is believed to lose at any rate, 0 to 1
/// @param queueMs how long packets wait in front of the bottleneck, in milliseconds
/// @param pacedPackets packets that wait here
/// @param decisions what was chosen for each video and why; `track` is the number of the subscription
public record DownlinkReport(
        long estimateBps,
        EstimateLimit limit,
        long wishBps,
        long ackedBps,
        long rttNs,
        double loss,
        double inherentLoss,
        double queueMs,
        int pacedPackets,
        List<Decision> decisions) {
    public DownlinkReport {
        decisions = List.copyOf(decisions);
    }
}
