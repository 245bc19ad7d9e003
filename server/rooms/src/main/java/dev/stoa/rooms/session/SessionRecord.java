package dev.stoa.rooms.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One continuous use of a room.
///
/// @param id 24 lower-case hexadecimal characters
/// @param endedAt null while it runs
public record SessionRecord(
        String id,
        String workspaceId,
        String roomId,
        Instant createdAt,
        @Nullable Instant endedAt) {
    /// The same session, over.
    public SessionRecord ending(Instant at) {
        return new SessionRecord(id, workspaceId, roomId, createdAt, at);
    }
}
