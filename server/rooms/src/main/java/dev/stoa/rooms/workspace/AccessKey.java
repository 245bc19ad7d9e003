package dev.stoa.rooms.workspace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key pair of a workspace, without its secret: that one is shown once, when the pair is made.
///
/// @param key public identifier in tokens, unique in the server
/// @param revokedAt null: tokens signed with the pair are accepted
public record AccessKey(
        String key,
        String workspaceId,
        Instant createdAt,
        @Nullable Instant revokedAt) {
    public boolean live() {
        return revokedAt == null;
    }
}
