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

    /// The first workspace, made when there is none. A pair not given is kept, or made up at the first start.
    ///
    /// A new pair replaces the one the server signs with, whose tokens are then refused. One that is known becomes
    /// the one to sign with, beside the others. One that was revoked is not brought back: the one kept is used.
    public Workspace ensure(@Nullable String accessKey, @Nullable String appSecret) {
        List<Workspace> all = workspaces.all();
        Workspace old = all.isEmpty()
                ? new Workspace(ids.objectId(), ids.objectId(), ids.objectId(), ids.secret())
                : all.getFirst();
        if (accessKey != null && workspaces.isRevoked(accessKey)) {
            return old;
        }
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
