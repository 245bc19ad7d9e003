package dev.stoa.rooms.workspace;

import java.util.List;
import java.util.Optional;

/// Port to where workspaces are kept. Thread-safe; calls may block.
public interface WorkspaceRepository {
    void save(Workspace workspace);

    Optional<Workspace> byId(String id);

    Optional<Workspace> byAccessKey(String accessKey);

    List<Workspace> all();
}
