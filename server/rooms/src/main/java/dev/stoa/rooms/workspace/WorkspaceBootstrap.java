package dev.stoa.rooms.workspace;

import dev.stoa.rooms.ids.IdSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees to it that the server has a workspace with a key pair.
public final class WorkspaceBootstrap {
    private final WorkspaceRepository workspaces;
    private final IdSource ids;

    public WorkspaceBootstrap(WorkspaceRepository workspaces, IdSource ids) {
        this.workspaces = workspaces;
        this.ids = ids;
    }

    /// The first workspace, made when there is none. Keys given replace those kept (tokens of the old ones are
    /// then refused); keys not given are kept, or made up at the first start.
    public Workspace ensure(@Nullable String accessKey, @Nullable String appSecret) {
        List<Workspace> all = workspaces.all();
        Workspace old = all.isEmpty()
                ? new Workspace(ids.objectId(), ids.objectId(), ids.objectId(), ids.secret())
                : all.getFirst();
        Workspace wanted = new Workspace(
                old.id(),
                old.appId(),
                accessKey == null ? old.accessKey() : accessKey,
                appSecret == null ? old.appSecret() : appSecret);
        if (all.isEmpty() || !wanted.equals(old)) {
            workspaces.save(wanted);
        }
        return wanted;
    }
}
