package dev.stoa.rooms.testing;

import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

public final class MemoryWorkspaces implements WorkspaceRepository {
    private final Map<String, Workspace> byId = new ConcurrentSkipListMap<>();

    @Override
    public void save(Workspace workspace) {
        byId.put(workspace.id(), workspace);
    }

    @Override
    public Optional<Workspace> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Workspace> byAccessKey(String accessKey) {
        return byId.values().stream()
                .filter(workspace -> workspace.accessKey().equals(accessKey))
                .findFirst();
    }

    @Override
    public List<Workspace> all() {
        return List.copyOf(byId.values());
    }
}
