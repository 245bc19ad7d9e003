package dev.stoa.rooms.workspace;

import java.util.List;
import java.util.Optional;

/// Port to where workspaces are kept. Thread-safe; calls may block.
public interface WorkspaceRepository {
    /// Inserts or replaces by id. The pair becomes the one the server signs with. A pair that is new takes the
    /// place of the one before, which is gone then; a pair that is known leaves the others as they are. A revoked
    /// pair stays revoked: callers do not save it.
    void save(Workspace workspace);

    Optional<Workspace> byId(String id);

    /// By any live pair, and with this one: its secret checks tokens. Revoked pairs are not found.
    Optional<Workspace> byAccessKey(String accessKey);

    /// Whether the pair is there and revoked.
    boolean isRevoked(String accessKey);

    /// Oldest first.
    List<Workspace> all();
}
