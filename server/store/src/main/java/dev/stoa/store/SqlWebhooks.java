package dev.stoa.store;

import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.webhook.Replay;
import dev.stoa.rooms.webhook.WebhookEvent;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.webhook.WebhookSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

final class SqlWebhooks implements WebhookRepository {
    private static final RowMapper<Delivery> DELIVERY = (row, context) -> new Delivery(
            new WebhookEvent(
                    row.getString("id"),
                    row.getLong("seq"),
                    row.getString("workspace_id"),
                    row.getString("room_id"),
                    row.getString("session_id"),
                    row.getString("peer_id"),
                    row.getString("user_id"),
                    row.getString("type"),
                    Columns.instant(row, "occurred_at"),
                    JsonColumns.object(row.getString("data"))),
            Delivery.State.valueOf(row.getString("state")),
            row.getInt("attempts"),
            Columns.instant(row, "next_attempt_at"),
            row.getString("url"),
            row.getString("error"));

    private final Database database;
    private final SqlReplays replays;

    SqlWebhooks(Database database) {
        this.database = database;
        this.replays = new SqlReplays(database);
    }

    static void insert(Handle handle, WebhookEvent event) {
        handle.createUpdate("""
                        INSERT INTO webhook_events (id, seq, workspace_id, room_id, session_id, peer_id, user_id, type,
                            occurred_at, data, state, attempts, next_attempt_at)
                        VALUES (:id, :seq, :workspaceId, :roomId, :sessionId, :peerId, :userId, :type,
                            :occurredAt, :data, 'WAITING', 0, :occurredAt)
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
                .bind("occurredAt", event.at().toEpochMilli())
                .bind("data", JsonColumns.write(event.data()))
                .execute();
    }

    @Override
    public Optional<WebhookSettings> settings(String workspaceId) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM workspace_webhooks WHERE workspace_id = :id")
                        .bind("id", workspaceId)
                        .map((row, context) -> settings(row))
                        .findOne());
    }

    private WebhookSettings settings(ResultSet row) throws SQLException {
        SecretBox secrets = database.secrets();
        String id = row.getString("workspace_id");
        return new WebhookSettings(
                id,
                row.getString("url"),
                JsonColumns.textMap(SecretColumns.WEBHOOK_HEADERS.open(secrets, id, row.getString("headers"))),
                SecretColumns.WEBHOOK_KEY.open(secrets, id, row.getString("signing_key")));
    }

    @Override
    public void save(WebhookSettings settings) {
        SecretBox secrets = database.secrets();
        String id = settings.workspaceId();
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO workspace_webhooks (workspace_id, url, headers, signing_key)
                        VALUES (:workspaceId, :url, :headers, :signingKey)
                        ON CONFLICT (workspace_id) DO UPDATE SET
                            url = excluded.url,
                            headers = excluded.headers,
                            signing_key = excluded.signing_key
                        """)
                .bind("workspaceId", settings.workspaceId())
                .bind("url", settings.url())
                .bind("headers", SecretColumns.WEBHOOK_HEADERS.seal(secrets, id, JsonColumns.write(settings.headers())))
                .bind("signingKey", SecretColumns.WEBHOOK_KEY.seal(secrets, id, settings.signingKey()))
                .execute());
    }

    @Override
    public List<Delivery> due(Instant now, int limit) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT e.* FROM webhook_events e
                        JOIN (SELECT room_id, MIN(seq) AS seq FROM webhook_events
                            WHERE state = 'WAITING' GROUP BY room_id) head
                            ON e.room_id = head.room_id AND e.seq = head.seq
                        WHERE e.state = 'WAITING' AND e.next_attempt_at <= :now
                        ORDER BY e.next_attempt_at, e.seq LIMIT :limit
                        """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(DELIVERY)
                .list());
    }

    @Override
    public void update(Delivery delivery) {
        database.useHandle(handle -> handle.createUpdate("""
                        UPDATE webhook_events SET state = :state, attempts = :attempts, next_attempt_at = :nextAttemptAt,
                            url = :url, error = :error WHERE id = :id
                        """)
                .bind("state", delivery.state().name())
                .bind("attempts", delivery.attempts())
                .bind("nextAttemptAt", delivery.nextAttemptAt().toEpochMilli())
                .bind("url", delivery.url())
                .bind("error", delivery.error())
                .bind("id", delivery.event().id())
                .execute());
    }

    @Override
    public Optional<Delivery> byId(String eventId) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM webhook_events WHERE id = :id")
                .bind("id", eventId)
                .map(DELIVERY)
                .findOne());
    }

    @Override
    public List<Delivery> history(DeliveryFilter filter, int limit, int offset) {
        return database.withHandle(handle -> matching(handle, "SELECT *", filter, """
                        ORDER BY occurred_at DESC, seq DESC LIMIT :limit OFFSET :offset""")
                .bind("limit", limit)
                .bind("offset", offset)
                .map(DELIVERY)
                .list());
    }

    @Override
    public int count(DeliveryFilter filter) {
        return database.withHandle(handle -> matching(handle, "SELECT COUNT(*)", filter, "")
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public List<String> ids(DeliveryFilter filter, int limit, int offset) {
        return database.withHandle(handle -> matching(handle, "SELECT id", filter, """
                        ORDER BY occurred_at, seq LIMIT :limit OFFSET :offset""")
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(String.class)
                .list());
    }

    private static Query matching(Handle handle, String what, DeliveryFilter filter, String order) {
        StringBuilder sql = new StringBuilder(what)
                .append(" FROM webhook_events WHERE workspace_id = :workspaceId")
                .append(" AND occurred_at >= :from AND occurred_at <= :to");
        sql.append(filter.state() == null ? " AND state <> 'WAITING'" : " AND state = :state");
        if (filter.roomId() != null) {
            sql.append(" AND room_id = :roomId");
        }
        if (!filter.types().isEmpty()) {
            sql.append(" AND type IN (<types>)");
        }
        Query query = handle.createQuery(sql.append(' ').append(order).toString())
                .bind("workspaceId", filter.workspaceId())
                .bind("from", filter.from().toEpochMilli())
                .bind("to", filter.to().toEpochMilli());
        if (filter.state() != null) {
            query.bind("state", filter.state().name());
        }
        if (filter.roomId() != null) {
            query.bind("roomId", filter.roomId());
        }
        if (!filter.types().isEmpty()) {
            query.bindList("types", filter.types());
        }
        return query;
    }

    @Override
    public void save(Replay replay) {
        replays.save(replay);
    }

    @Override
    public Optional<Replay> replay(String workspaceId, String id) {
        return replays.byId(workspaceId, id);
    }

    @Override
    public List<Replay> runningReplays() {
        return replays.running();
    }

    @Override
    public int forget(Instant before, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM webhook_events WHERE id IN (SELECT id FROM webhook_events
                            WHERE occurred_at < :before AND state <> 'WAITING' ORDER BY occurred_at LIMIT :limit)
                        """)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }

    @Override
    public int forgetReplays(Instant before, int limit) {
        return replays.deleteBefore(before, limit);
    }
}
