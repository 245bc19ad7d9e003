package dev.stoa.store;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlWorkspaces implements WorkspaceRepository {
    private static final String BY_SIGNING_PAIR = """
            SELECT w.id, w.app_id, k.access_key, k.secret FROM workspaces w
            JOIN access_keys k ON k.access_key = w.access_key
            """;
    private static final String BY_ANY_LIVE_PAIR = """
            SELECT w.id, w.app_id, k.access_key, k.secret FROM access_keys k
            JOIN workspaces w ON w.id = k.workspace_id
            WHERE k.access_key = :value AND k.revoked_at IS NULL
            """;

    private final Database database;
    private final RowMapper<Workspace> mapper;

    /// By access key: while the database is away, the tokens of people in running calls can still be checked. Only
    /// workspaces that were found are in it, so it does not grow with what strangers try.
    private final Map<String, Workspace> lastKnown = new ConcurrentHashMap<>();

    SqlWorkspaces(Database database) {
        this.database = database;
        SecretBox secrets = database.secrets();
        this.mapper = (row, context) -> {
            String key = row.getString("access_key");
            String secret = SecretColumns.ACCESS_KEY.open(secrets, key, row.getString("secret"));
            return new Workspace(row.getString("id"), row.getString("app_id"), key, secret);
        };
    }

    @Override
    public void save(Workspace workspace) {
        database.useTransaction(handle -> {
            Optional<String> before =
                    text(handle, "SELECT access_key FROM workspaces WHERE id = :value", workspace.id());
            boolean known = text(
                            handle,
                            "SELECT access_key FROM access_keys WHERE access_key = :value",
                            workspace.accessKey())
                    .isPresent();
            saveWorkspace(handle, workspace);
            savePair(handle, workspace);
            if (!known) {
                before.ifPresent(key -> removePair(handle, key));
            }
        });
    }

    private static Optional<String> text(Handle handle, String sql, String value) {
        return handle.createQuery(sql).bind("value", value).mapTo(String.class).findOne();
    }

    private static void saveWorkspace(Handle handle, Workspace workspace) {
        handle.createUpdate("""
                        INSERT INTO workspaces (id, app_id, access_key, app_secret)
                        VALUES (:id, :appId, :accessKey, '')
                        ON CONFLICT (id) DO UPDATE SET
                            app_id = excluded.app_id,
                            access_key = excluded.access_key
                        """)
                .bind("id", workspace.id())
                .bind("appId", workspace.appId())
                .bind("accessKey", workspace.accessKey())
                .execute();
    }

    private void savePair(Handle handle, Workspace workspace) {
        handle.createUpdate("""
                        INSERT INTO access_keys (access_key, workspace_id, secret, created_at)
                        VALUES (:accessKey, :id, :secret, :now)
                        ON CONFLICT (access_key) DO UPDATE SET secret = excluded.secret
                        """)
                .bind("accessKey", workspace.accessKey())
                .bind("id", workspace.id())
                .bind(
                        "secret",
                        SecretColumns.ACCESS_KEY.seal(database.secrets(), workspace.accessKey(), workspace.appSecret()))
                .bind("now", System.currentTimeMillis())
                .execute();
    }

    private void removePair(Handle handle, String accessKey) {
        handle.createUpdate("DELETE FROM access_keys WHERE access_key = :key")
                .bind("key", accessKey)
                .execute();
        forget(accessKey);
    }

    /// A pair that is gone must not live on in what was last known.
    void forget(String accessKey) {
        lastKnown.remove(accessKey);
    }

    @Override
    public Optional<Workspace> byId(String id) {
        return one(BY_SIGNING_PAIR + " WHERE w.id = :value", id);
    }

    @Override
    public Optional<Workspace> byAccessKey(String accessKey) {
        try {
            Optional<Workspace> found = one(BY_ANY_LIVE_PAIR, accessKey);
            found.ifPresentOrElse(workspace -> lastKnown.put(accessKey, workspace), () -> lastKnown.remove(accessKey));
            return found;
        } catch (StoreUnavailableException lost) {
            Workspace known = lastKnown.get(accessKey);
            if (known == null) {
                throw lost;
            }
            return Optional.of(known);
        }
    }

    @Override
    public boolean isRevoked(String accessKey) {
        return database.withHandle(handle -> text(
                        handle,
                        "SELECT access_key FROM access_keys WHERE access_key = :value AND revoked_at IS NOT NULL",
                        accessKey)
                .isPresent());
    }

    private Optional<Workspace> one(String sql, String value) {
        return database.withHandle(handle ->
                handle.createQuery(sql).bind("value", value).map(mapper).findOne());
    }

    @Override
    public List<Workspace> all() {
        return database.withHandle(handle -> handle.createQuery(BY_SIGNING_PAIR + " ORDER BY w.id")
                .map(mapper)
                .list());
    }
}
