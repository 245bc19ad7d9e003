package dev.stoa.store;

import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlAccessKeys implements AccessKeyRepository {
    private static final RowMapper<AccessKey> MAPPER = (row, context) -> new AccessKey(
            row.getString("access_key"),
            row.getString("workspace_id"),
            Columns.instant(row, "created_at"),
            Columns.optionalInstant(row, "revoked_at"));

    private final Database database;
    private final SqlWorkspaces workspaces;

    SqlAccessKeys(Database database, SqlWorkspaces workspaces) {
        this.database = database;
        this.workspaces = workspaces;
    }

    @Override
    public void add(AccessKey key, String secret) {
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO access_keys (access_key, workspace_id, secret, created_at, revoked_at)
                        VALUES (:key, :workspaceId, :secret, :createdAt, :revokedAt)
                        """)
                .bind("key", key.key())
                .bind("workspaceId", key.workspaceId())
                .bind("secret", SecretColumns.ACCESS_KEY.seal(database.secrets(), key.key(), secret))
                .bind("createdAt", key.createdAt().toEpochMilli())
                .bind("revokedAt", Columns.millis(key.revokedAt()))
                .execute());
    }

    @Override
    public List<AccessKey> ofWorkspace(String workspaceId) {
        return database.withHandle(handle -> ofWorkspace(handle, workspaceId));
    }

    private static List<AccessKey> ofWorkspace(Handle handle, String workspaceId) {
        return handle.createQuery("""
                        SELECT access_key, workspace_id, created_at, revoked_at FROM access_keys
                        WHERE workspace_id = :workspaceId ORDER BY created_at, access_key
                        """)
                .bind("workspaceId", workspaceId)
                .map(MAPPER)
                .list();
    }

    @Override
    public Revocation revoke(String workspaceId, String key, Instant at) {
        Revocation result = database.inTransaction(handle -> revoke(handle, workspaceId, key, at));
        if (result == Revocation.REVOKED) {
            workspaces.forget(key);
        }
        return result;
    }

    private static Revocation revoke(Handle handle, String workspaceId, String key, Instant at) {
        // Takes the row's lock on PostgreSQL: two revocations at a time must not leave the workspace without a key.
        handle.createUpdate("UPDATE workspaces SET app_id = app_id WHERE id = :id")
                .bind("id", workspaceId)
                .execute();
        List<AccessKey> all = ofWorkspace(handle, workspaceId);
        Optional<AccessKey> found =
                all.stream().filter(one -> one.key().equals(key)).findFirst();
        if (found.isEmpty()) {
            return Revocation.UNKNOWN;
        }
        if (!found.get().live()) {
            return Revocation.REVOKED;
        }
        Optional<AccessKey> newest = all.reversed().stream()
                .filter(one -> one.live() && !one.key().equals(key))
                .findFirst();
        if (newest.isEmpty()) {
            return Revocation.LAST;
        }
        handle.createUpdate("UPDATE access_keys SET revoked_at = :at WHERE access_key = :key")
                .bind("at", at.toEpochMilli())
                .bind("key", key)
                .execute();
        handle.createUpdate("UPDATE workspaces SET access_key = :next WHERE id = :id AND access_key = :key")
                .bind("next", newest.get().key())
                .bind("id", workspaceId)
                .bind("key", key)
                .execute();
        return Revocation.REVOKED;
    }
}
