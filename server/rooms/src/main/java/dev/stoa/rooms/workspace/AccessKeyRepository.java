package dev.stoa.rooms.workspace;

import java.time.Instant;
import java.util.List;

/// Port to where key pairs are kept. Thread-safe; calls may block.
public interface AccessKeyRepository {
    void add(AccessKey key, String secret);

    /// Oldest first, revoked ones too.
    List<AccessKey> ofWorkspace(String workspaceId);

    /// Revokes a pair from now on, unless it is the last live one. When it is the pair the server itself signs with,
    /// the newest live one takes its place.
    Revocation revoke(String workspaceId, String key, Instant at);

    /// How a revocation went.
    enum Revocation {
        /// Revoked, now or before.
        REVOKED,
        UNKNOWN,
        LAST
    }
}
