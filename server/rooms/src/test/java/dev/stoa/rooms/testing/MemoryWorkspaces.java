package dev.stoa.rooms.testing;

import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyRepository;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

public final class MemoryWorkspaces implements WorkspaceRepository, AccessKeyRepository {
    private static final Comparator<Pair> BY_AGE = Comparator.comparing(
                    (Pair pair) -> pair.key().createdAt())
            .thenComparing(pair -> pair.key().key());

    private record Pair(AccessKey key, String secret) {}

    private final Map<String, Workspace> byId = new TreeMap<>();
    private final Map<String, Pair> pairs = new TreeMap<>();

    @Override
    public synchronized void save(Workspace workspace) {
        Workspace old = byId.put(workspace.id(), workspace);
        Pair known = pairs.get(workspace.accessKey());
        if (known == null && old != null) {
            pairs.remove(old.accessKey());
        }
        AccessKey key =
                known == null ? new AccessKey(workspace.accessKey(), workspace.id(), Instant.EPOCH, null) : known.key();
        pairs.put(key.key(), new Pair(key, workspace.appSecret()));
    }

    @Override
    public synchronized Optional<Workspace> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Workspace> byAccessKey(String accessKey) {
        return Optional.ofNullable(pairs.get(accessKey))
                .filter(pair -> pair.key().live())
                .flatMap(pair -> byId(pair.key().workspaceId()).map(workspace -> with(workspace, pair)));
    }

    private static Workspace with(Workspace workspace, Pair pair) {
        return new Workspace(workspace.id(), workspace.appId(), pair.key().key(), pair.secret());
    }

    @Override
    public synchronized boolean isRevoked(String accessKey) {
        Pair pair = pairs.get(accessKey);
        return pair != null && !pair.key().live();
    }

    @Override
    public synchronized List<Workspace> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public synchronized void add(AccessKey key, String secret) {
        pairs.put(key.key(), new Pair(key, secret));
    }

    @Override
    public synchronized List<AccessKey> ofWorkspace(String workspaceId) {
        return pairs.values().stream()
                .filter(pair -> pair.key().workspaceId().equals(workspaceId))
                .sorted(BY_AGE)
                .map(Pair::key)
                .toList();
    }

    @Override
    public synchronized Revocation revoke(String workspaceId, String key, Instant at) {
        Pair pair = pairs.get(key);
        if (pair == null || !pair.key().workspaceId().equals(workspaceId)) {
            return Revocation.UNKNOWN;
        }
        if (!pair.key().live()) {
            return Revocation.REVOKED;
        }
        Pair next = newestLiveBeside(pair);
        if (next == null) {
            return Revocation.LAST;
        }
        pairs.put(key, new Pair(new AccessKey(key, workspaceId, pair.key().createdAt(), at), pair.secret()));
        byId.computeIfPresent(
                workspaceId, (id, workspace) -> workspace.accessKey().equals(key) ? with(workspace, next) : workspace);
        return Revocation.REVOKED;
    }

    private @Nullable Pair newestLiveBeside(Pair pair) {
        return pairs.values().stream()
                .filter(one -> one.key().workspaceId().equals(pair.key().workspaceId()))
                .filter(one -> one.key().live() && !one.equals(pair))
                .max(BY_AGE)
                .orElse(null);
    }
}
