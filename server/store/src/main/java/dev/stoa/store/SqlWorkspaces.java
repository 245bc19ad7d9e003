package dev.stoa.store;

import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlWorkspaces implements WorkspaceRepository {
    private static final RowMapper<Workspace> MAPPER = (row, context) -> new Workspace(
            row.getString("id"), row.getString("app_id"), row.getString("access_key"), row.getString("app_secret"));

    private final Jdbi jdbi;

    SqlWorkspaces(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void save(Workspace workspace) {
        jdbi.useHandle(handle -> handle.createUpdate("""
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
        return one("SELECT * FROM workspaces WHERE access_key = :value", accessKey);
    }

    private Optional<Workspace> one(String sql, String value) {
        return jdbi.withHandle(handle ->
                handle.createQuery(sql).bind("value", value).map(MAPPER).findOne());
    }

    @Override
    public List<Workspace> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM workspaces ORDER BY id")
                .map(MAPPER)
                .list());
    }
}
