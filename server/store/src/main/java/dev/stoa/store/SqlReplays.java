package dev.stoa.store;

import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.webhook.Replay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlReplays {
    private static final RowMapper<Replay> MAPPER = (row, context) -> new Replay(
            row.getString("id"),
            new DeliveryFilter(
                    row.getString("workspace_id"),
                    Columns.instant(row, "from_time"),
                    Columns.instant(row, "to_time"),
                    row.getString("room_id"),
                    state(row.getString("only_state")),
                    JsonColumns.texts(row.getString("types"))),
            row.getInt("most"),
            row.getInt("skipped"),
            Replay.State.valueOf(row.getString("state")),
            row.getInt("total"),
            row.getInt("completed"),
            JsonColumns.texts(row.getString("failed")),
            Columns.instant(row, "started_at"),
            Columns.optionalInstant(row, "completed_at"));

    private final Database database;

    SqlReplays(Database database) {
        this.database = database;
    }

    private static Delivery.@Nullable State state(@Nullable String name) {
        return name == null ? null : Delivery.State.valueOf(name);
    }

    void save(Replay replay) {
        DeliveryFilter filter = replay.filter();
        Delivery.State only = filter.state();
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO webhook_replays (id, workspace_id, from_time, to_time, room_id, only_state, types,
                            most, skipped, state, total, completed, failed, started_at, completed_at)
                        VALUES (:id, :workspaceId, :from, :to, :roomId, :onlyState, :types,
                            :most, :skipped, :state, :total, :completed, :failed, :startedAt, :completedAt)
                        ON CONFLICT (id) DO UPDATE SET
                            state = excluded.state,
                            total = excluded.total,
                            completed = excluded.completed,
                            failed = excluded.failed,
                            completed_at = excluded.completed_at
                        """)
                .bind("id", replay.id())
                .bind("workspaceId", filter.workspaceId())
                .bind("from", filter.from().toEpochMilli())
                .bind("to", filter.to().toEpochMilli())
                .bind("roomId", filter.roomId())
                .bind("onlyState", only == null ? null : only.name())
                .bind("types", JsonColumns.write(filter.types()))
                .bind("most", replay.limit())
                .bind("skipped", replay.offset())
                .bind("state", replay.state().name())
                .bind("total", replay.total())
                .bind("completed", replay.completed())
                .bind("failed", JsonColumns.write(replay.failed()))
                .bind("startedAt", replay.startedAt().toEpochMilli())
                .bind("completedAt", Columns.millis(replay.completedAt()))
                .execute());
    }

    Optional<Replay> byId(String workspaceId, String id) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM webhook_replays WHERE workspace_id = :workspaceId AND id = :id")
                .bind("workspaceId", workspaceId)
                .bind("id", id)
                .map(MAPPER)
                .findOne());
    }

    List<Replay> running() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM webhook_replays WHERE state = 'RUNNING' ORDER BY id")
                        .map(MAPPER)
                        .list());
    }

    int deleteBefore(Instant before, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM webhook_replays WHERE id IN (SELECT id FROM webhook_replays
                            WHERE completed_at < :before ORDER BY completed_at LIMIT :limit)
                        """)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }
}
