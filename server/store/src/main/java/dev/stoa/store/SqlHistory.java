package dev.stoa.store;

import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.history.HistoryRepository;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

final class SqlHistory implements HistoryRepository {
    private static final RowMapper<HistoryEvent> EVENT = (row, context) -> new HistoryEvent(
            row.getString("id"),
            row.getLong("seq"),
            row.getString("workspace_id"),
            row.getString("room_id"),
            row.getString("session_id"),
            row.getString("peer_id"),
            row.getString("user_id"),
            row.getString("type"),
            row.getBoolean("is_error"),
            Columns.instant(row, "occurred_at"),
            JsonColumns.object(row.getString("data")));

    private final Database database;

    SqlHistory(Database database) {
        this.database = database;
    }

    static void insert(Handle handle, HistoryEvent event) {
        handle.createUpdate("""
                        INSERT INTO history_events (id, seq, workspace_id, room_id, session_id, peer_id, user_id, type,
                            is_error, occurred_at, data)
                        VALUES (:id, :seq, :workspaceId, :roomId, :sessionId, :peerId, :userId, :type,
                            :error, :occurredAt, :data)
                        ON CONFLICT (id) DO NOTHING
                        """)
                .bind("id", event.id())
                .bind("seq", event.position())
                .bind("workspaceId", event.workspaceId())
                .bind("roomId", event.roomId())
                .bind("sessionId", event.sessionId())
                .bind("peerId", event.peerId())
                .bind("userId", event.userId())
                .bind("type", event.type())
                .bind("error", event.error())
                .bind("occurredAt", event.at().toEpochMilli())
                .bind("data", JsonColumns.write(event.data()))
                .execute();
    }

    @Override
    public void save(HistoryEvent event) {
        database.useHandle(handle -> insert(handle, event));
    }

    @Override
    public List<HistoryEvent> list(Filter filter, long upTo, @Nullable Mark after, int limit) {
        Conditions conditions = new Conditions(filter, upTo);
        if (after != null) {
            conditions.and("(seq < :position OR (seq = :position AND id < :mark))", "position", after.position());
            conditions.bindings.put("mark", after.id());
        }
        String sql =
                "SELECT * FROM history_events WHERE " + conditions.text + " ORDER BY seq DESC, id DESC LIMIT :limit";
        return database.withHandle(handle ->
                conditions.bound(handle, sql).bind("limit", limit).map(EVENT).list());
    }

    @Override
    public long count(Filter filter, long upTo) {
        Conditions conditions = new Conditions(filter, upTo);
        String sql = "SELECT COUNT(*) FROM history_events WHERE " + conditions.text;
        return database.withHandle(
                handle -> conditions.bound(handle, sql).mapTo(Long.class).one());
    }

    @Override
    public int deleteBefore(Instant time, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM history_events WHERE id IN (SELECT id FROM history_events
                            WHERE occurred_at < :time ORDER BY occurred_at LIMIT :limit)
                        """)
                .bind("time", time.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }

    /// What does not filter is left out of the text, so that the database can choose an index.
    private static final class Conditions {
        private final StringBuilder text = new StringBuilder("workspace_id = :workspaceId AND seq <= :upTo");
        private final Map<String, Object> bindings = new LinkedHashMap<>();
        private final List<String> types;

        Conditions(Filter filter, long upTo) {
            types = filter.types();
            bindings.put("workspaceId", filter.workspaceId());
            bindings.put("upTo", upTo);
            and("room_id = :roomId", "roomId", filter.roomId());
            and("session_id = :sessionId", "sessionId", filter.sessionId());
            and("peer_id = :peerId", "peerId", filter.peerId());
            and("user_id = :userId", "userId", filter.userId());
            and("is_error = :error", "error", filter.errorsOnly() ? true : null);
            Instant since = filter.since();
            and("occurred_at >= :since", "since", since == null ? null : since.toEpochMilli());
            if (!types.isEmpty()) {
                text.append(" AND type IN (<types>)");
            }
        }

        void and(String condition, String name, @Nullable Object value) {
            if (value != null) {
                text.append(" AND ").append(condition);
                bindings.put(name, value);
            }
        }

        Query bound(Handle handle, String sql) {
            Query query = handle.createQuery(sql).bindMap(bindings);
            return types.isEmpty() ? query : query.bindList("types", types);
        }
    }
}
