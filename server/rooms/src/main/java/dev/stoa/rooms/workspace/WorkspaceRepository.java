package dev.stoa.rooms.workspace;

import java.util.List;
import java.util.Optional;

/// Port to where workspaces are kept. Thread-safe; calls may block.
public interface WorkspaceRepository {
    /// Inserts or replaces by id.
    void save(Workspace workspace);

    Optional<Workspace> byId(String id);

    Optional<Workspace> byAccessKey(String accessKey);

    /// Oldest first.
    List<Workspace> all();
}
