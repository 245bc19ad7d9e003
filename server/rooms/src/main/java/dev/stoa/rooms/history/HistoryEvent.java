package dev.stoa.rooms.history;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened in a room.
///
/// @param id UUID; saving an event again changes nothing
/// @param position orders the events of a room
/// @param sessionId null: not known
/// @param peerId null: not about one peer
/// @param userId null: not about one peer
/// @param type for example `track.add.success`
/// @param error whether something failed
/// @param data as the API shows it
public record HistoryEvent(
        String id,
        long position,
        String workspaceId,
        String roomId,
        @Nullable String sessionId,
        @Nullable String peerId,
        @Nullable String userId,
        String type,
        boolean error,
        Instant at,
        Map<String, Object> data) {}
