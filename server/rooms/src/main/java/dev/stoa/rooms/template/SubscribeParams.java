package dev.stoa.rooms.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a role receives.
///
/// @param subscribeToRoles roles whose tracks are received
/// @param maxSubsBitRate kbit/s
/// @param subscribeDegradation null = off
public record SubscribeParams(
        List<String> subscribeToRoles,
        int maxSubsBitRate,
        @Nullable SubscribeDegradation subscribeDegradation) {

    /// @param packetLossThreshold percent, 1..100
    /// @param degradeGracePeriodSeconds 1..10
    /// @param recoverGracePeriodSeconds 1..10
    /// @param videoAlwaysEnabled layers are degraded, but video is never switched off
    public record SubscribeDegradation(
            int packetLossThreshold,
            int degradeGracePeriodSeconds,
            int recoverGracePeriodSeconds,
            boolean videoAlwaysEnabled) {}
}
