package dev.stoa.store;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlWorkspaces implements WorkspaceRepository {
    private static final RowMapper<Workspace> MAPPER = (row, context) -> new Workspace(
            row.getString("id"), row.getString("app_id"), row.getString("access_key"), row.getString("app_secret"));

    private final Database database;

    /// By access key: while the database is away, the tokens of people in running calls can still be checked. Only
    /// workspaces that were found are in it, so it does not grow with what strangers try.
    private final Map<String, Workspace> lastKnown = new ConcurrentHashMap<>();

    SqlWorkspaces(Database database) {
        this.database = database;
    }

    @Override
    public void save(Workspace workspace) {
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO workspaces (id, app_id, access_key, app_secret)
                        VALUES (:id, :appId, :accessKey, :appSecret)
                        ON CONFLICT (id) DO UPDATE SET
                            app_id = excluded.app_id,
                            access_key = excluded.access_key,
                            app_secret = excluded.app_secret
                        """)
                .bind("id", workspace.id())
                .bind("appId", workspace.appId())
                .bind("accessKey", workspace.accessKey())
                .bind("appSecret", workspace.appSecret())
                .execute());
    }

    @Override
    public Optional<Workspace> byId(String id) {
        return one("SELECT * FROM workspaces WHERE id = :value", id);
    }

    @Override
    public Optional<Workspace> byAccessKey(String accessKey) {
        try {
            Optional<Workspace> found = one("SELECT * FROM workspaces WHERE access_key = :value", accessKey);
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

    private Optional<Workspace> one(String sql, String value) {
        return database.withHandle(handle ->
                handle.createQuery(sql).bind("value", value).map(MAPPER).findOne());
    }

    @Override
    public List<Workspace> all() {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM workspaces ORDER BY id")
                .map(MAPPER)
                .list());
    }
}
