package dev.stoa.rooms.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a role receives.
///
/// @param subscribeToRoles roles whose tracks are received
/// @param maxSubsBitRate kbit/s
/// @param subscribeDegradation when videos that do not fit the connection are switched off; null = as when all its
///     fields have their defaults
public record SubscribeParams(
        List<String> subscribeToRoles,
        int maxSubsBitRate,
        @Nullable SubscribeDegradation subscribeDegradation) {

    /// @param packetLossThreshold percent, 1..100; kept for clients, the estimate of bandwidth decides instead
    /// @param degradeGracePeriodSeconds how long a video that does not fit is kept, 1..10
    /// @param recoverGracePeriodSeconds how long it has to fit before it comes back, 1..10
    /// @param videoAlwaysEnabled layers are degraded, but video is never switched off
    public record SubscribeDegradation(
            int packetLossThreshold,
            int degradeGracePeriodSeconds,
            int recoverGracePeriodSeconds,
            boolean videoAlwaysEnabled) {}
}
