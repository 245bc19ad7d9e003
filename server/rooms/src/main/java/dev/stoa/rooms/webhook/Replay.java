package dev.stoa.rooms.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Events being sent a second time.
///
/// @param id UUID
/// @param limit most events
/// @param offset events left out at the beginning, oldest first
/// @param completed events delivered so far
/// @param failed ids of those that could not be
/// @param completedAt null while it runs
public record Replay(
        String id,
        DeliveryFilter filter,
        int limit,
        int offset,
        State state,
        int total,
        int completed,
        List<String> failed,
        Instant startedAt,
        @Nullable Instant completedAt) {
    public enum State {
        RUNNING,
        COMPLETED,
        COMPLETED_WITH_FAILURES,
        FAILED,
        /// The server ended before the replay did.
        TERMINATED
    }
}
