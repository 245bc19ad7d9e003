package dev.stoa.rooms.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One stay of one peer in a session.
///
/// @param id peer id chosen by the client (UUID)
/// @param leftAt null while inside
public record PeerRecord(
        String id,
        String sessionId,
        String name,
        String role,
        String userId,
        String metadata,
        Instant joinedAt,
        @Nullable Instant leftAt) {
    /// The same stay, over.
    public PeerRecord leaving(Instant at) {
        return new PeerRecord(id, sessionId, name, role, userId, metadata, joinedAt, at);
    }
}
