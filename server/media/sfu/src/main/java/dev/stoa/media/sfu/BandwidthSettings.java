package dev.stoa.media.sfu;

import dev.stoa.media.rtc.bwe.BweSettings;
import dev.stoa.media.rtc.pacer.PacerSettings;
import dev.stoa.media.sfu.allocation.AllocatorSettings;

/// How what is sent to a subscriber follows what its connection carries.
///
/// @param enabled false: every wish is fulfilled, whatever the connection carries
/// @param settleNs after the first feedback everything wanted is sent for this long unless the link is seen to be
///     narrower, so that a fast link starts with its best picture while probes measure it
/// @param relaxedBurstNs how much time's worth of packets leaves at once while nothing is held back. Higher: longer
///     trains of packets, cheaper sending
public record BandwidthSettings(
        boolean enabled,
        BweSettings estimate,
        PacerSettings pacer,
        AllocatorSettings allocator,
        long settleNs,
        long relaxedBurstNs) {
    public static final BandwidthSettings DEFAULT = new BandwidthSettings(
            true, BweSettings.DEFAULT, PacerSettings.DEFAULT, AllocatorSettings.DEFAULT, 1_500_000_000L, 40_000_000L);

    public static final BandwidthSettings OFF = new BandwidthSettings(
            false, BweSettings.DEFAULT, PacerSettings.DEFAULT, AllocatorSettings.DEFAULT, 1_500_000_000L, 40_000_000L);
}
