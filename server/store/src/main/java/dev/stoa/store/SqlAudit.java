package dev.stoa.store;

import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlAudit implements AuditRepository {
    private static final RowMapper<AuditEntry> MAPPER = (row, context) -> new AuditEntry(
            row.getString("id"),
            row.getString("workspace_id"),
            Columns.instant(row, "created_at"),
            new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id")),
            row.getString("method"),
            row.getString("path"),
            row.getString("object"),
            row.getInt("status"));

    private final Database database;

    SqlAudit(Database database) {
        this.database = database;
    }

    @Override
    public void add(AuditEntry entry) {
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO audit_log (id, workspace_id, created_at, actor_kind, actor_id, method, path, object,
                            status)
                        VALUES (:id, :workspaceId, :at, :actorKind, :actorId, :method, :path, :object, :status)
                        """)
                .bind("id", entry.id())
                .bind("workspaceId", entry.workspaceId())
                .bind("at", entry.at().toEpochMilli())
                .bind("actorKind", entry.actor().kind().name())
                .bind("actorId", entry.actor().id())
                .bind("method", entry.method())
                .bind("path", entry.path())
                .bind("object", entry.object())
                .bind("status", entry.status())
                .execute());
    }

    @Override
    public Page<AuditEntry> list(String workspaceId, @Nullable String actorId, Page.Request page) {
        return new ListQuery<AuditEntry>("audit_log", workspaceId)
                .where("actor_id = :actorId", "actorId", actorId)
                .page(database, page, MAPPER, AuditEntry::id);
    }

    @Override
    public int deleteBefore(Instant time, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log
                            WHERE created_at < :time ORDER BY created_at LIMIT :limit)
                        """)
                .bind("time", time.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }
}
