package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// A poll as people in the room see it. Times are Unix epoch milliseconds, 0 = not yet.
///
/// @param createdBy peer id, null = made outside the session
/// @param startedBy peer id, null = not yet, or by itself
/// @param stoppedBy peer id, null = not yet, or by itself
public record PollView(
        String id,
        PollInfo info,
        PollState state,
        @Nullable String createdBy,
        @Nullable String startedBy,
        @Nullable String stoppedBy,
        long createdAtMs,
        long startedAtMs,
        long stoppedAtMs,
        int questions) {}
