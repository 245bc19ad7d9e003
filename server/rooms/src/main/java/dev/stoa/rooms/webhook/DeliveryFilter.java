package dev.stoa.rooms.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which settled deliveries of a workspace are meant.
///
/// @param from earliest time of the event, inclusive
/// @param to latest time of the event, inclusive
/// @param roomId null = of all rooms
/// @param state DELIVERED or FAILED, null = both
/// @param types empty = all
public record DeliveryFilter(
        String workspaceId,
        Instant from,
        Instant to,
        @Nullable String roomId,
        Delivery.@Nullable State state,
        List<String> types) {}
