package dev.stoa.store;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlSessions implements SessionRepository {
    private static final RowMapper<SessionRecord> SESSION = (row, context) -> new SessionRecord(
            row.getString("id"),
            row.getString("workspace_id"),
            row.getString("room_id"),
            Columns.instant(row, "created_at"),
            Columns.optionalInstant(row, "ended_at"));

    private static final RowMapper<PeerRecord> PEER = (row, context) -> new PeerRecord(
            row.getString("id"),
            row.getString("session_id"),
            row.getString("name"),
            row.getString("role"),
            row.getString("user_id"),
            row.getString("metadata"),
            Columns.instant(row, "joined_at"),
            Columns.optionalInstant(row, "left_at"));

    private final Database database;

    SqlSessions(Database database) {
        this.database = database;
    }

    @Override
    public void save(SessionRecord session) {
        database.useHandle(handle -> save(handle, session));
    }

    static void save(Handle handle, SessionRecord session) {
        handle.createUpdate("""
                        INSERT INTO sessions (id, workspace_id, room_id, created_at, ended_at)
                        VALUES (:id, :workspaceId, :roomId, :createdAt, :endedAt)
                        ON CONFLICT (id) DO UPDATE SET
                            created_at = excluded.created_at,
                            ended_at = excluded.ended_at
                        """)
                .bind("id", session.id())
                .bind("workspaceId", session.workspaceId())
                .bind("roomId", session.roomId())
                .bind("createdAt", session.createdAt().toEpochMilli())
                .bind("endedAt", Columns.millis(session.endedAt()))
                .execute();
    }

    @Override
    public void savePeer(PeerRecord peer) {
        database.useHandle(handle -> savePeer(handle, peer));
    }

    static void savePeer(Handle handle, PeerRecord peer) {
        handle.createUpdate("""
                        INSERT INTO session_peers (session_id, id, name, role, user_id, metadata, joined_at, left_at)
                        VALUES (:sessionId, :id, :name, :role, :userId, :metadata, :joinedAt, :leftAt)
                        ON CONFLICT (session_id, id) DO UPDATE SET
                            name = excluded.name,
                            role = excluded.role,
                            user_id = excluded.user_id,
                            metadata = excluded.metadata,
                            joined_at = excluded.joined_at,
                            left_at = excluded.left_at
                        """)
                .bind("sessionId", peer.sessionId())
                .bind("id", peer.id())
                .bind("name", peer.name())
                .bind("role", peer.role())
                .bind("userId", peer.userId())
                .bind("metadata", peer.metadata())
                .bind("joinedAt", peer.joinedAt().toEpochMilli())
                .bind("leftAt", Columns.millis(peer.leftAt()))
                .execute();
    }

    @Override
    public Optional<SessionRecord> byId(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM sessions WHERE id = :id")
                .bind("id", id)
                .map(SESSION)
                .findOne());
    }

    @Override
    public List<PeerRecord> peersOf(String sessionId) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM session_peers WHERE session_id = :sessionId ORDER BY joined_at, id")
                .bind("sessionId", sessionId)
                .map(PEER)
                .list());
    }

    @Override
    public Map<String, List<PeerRecord>> peersOf(Collection<String> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM session_peers WHERE session_id IN (<ids>) ORDER BY joined_at, id")
                .bindList("ids", List.copyOf(sessionIds))
                .map(PEER)
                .collect(Collectors.groupingBy(PeerRecord::sessionId)));
    }

    @Override
    public Page<SessionRecord> list(String workspaceId, Filter filter, Page.Request page) {
        Long before = Columns.millis(filter.before());
        Long mark = null;
        String start = page.start();
        if (start != null) {
            mark = byId(start)
                    .filter(session -> session.workspaceId().equals(workspaceId))
                    .map(session -> session.createdAt().toEpochMilli())
                    .orElse(null);
            if (mark == null) {
                return new Page<>(List.of(), page.limit(), null);
            }
            before = before == null ? mark : Long.valueOf(Math.min(before, mark));
        }
        ListQuery<SessionRecord> query = new ListQuery<SessionRecord>("sessions", workspaceId)
                .where("room_id = :roomId", "roomId", filter.roomId())
                .where("created_at >= :after", "after", Columns.millis(filter.after()))
                .where("created_at <= :before", "before", before);
        String running = running(filter.active());
        return (running == null ? query : query.and(running))
                .pageByCreation(database, page, mark, SESSION, SessionRecord::id);
    }

    private static @Nullable String running(@Nullable Boolean active) {
        if (active == null) {
            return null;
        }
        return active ? "ended_at IS NULL" : "ended_at IS NOT NULL";
    }

    @Override
    public List<SessionRecord> open() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM sessions WHERE ended_at IS NULL ORDER BY id")
                        .map(SESSION)
                        .list());
    }

    @Override
    public void countMessages(String sessionId, long messages) {
        database.useHandle(handle -> countMessages(handle, sessionId, messages));
    }

    static void countMessages(Handle handle, String sessionId, long messages) {
        handle.createUpdate("UPDATE sessions SET messages = :messages WHERE id = :id")
                .bind("messages", messages)
                .bind("id", sessionId)
                .execute();
    }

    @Override
    public long messages(String sessionId) {
        return database.withHandle(handle -> handle.createQuery("SELECT messages FROM sessions WHERE id = :id")
                .bind("id", sessionId)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    @Override
    public void alive(Instant now) {
        database.useHandle(handle ->
                handle.createUpdate("""
                        INSERT INTO server_times (name, happened_at) VALUES ('ALIVE', :now)
                        ON CONFLICT (name) DO UPDATE SET happened_at = excluded.happened_at
                        """).bind("now", now.toEpochMilli()).execute());
    }

    @Override
    public Optional<Instant> lastAlive() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT happened_at FROM server_times WHERE name = 'ALIVE'")
                        .mapTo(Long.class)
                        .findOne()
                        .map(Instant::ofEpochMilli));
    }

    @Override
    public void end(String sessionId, Instant endedAt) {
        database.useTransaction(handle -> {
            handle.createUpdate("UPDATE sessions SET ended_at = :endedAt WHERE id = :id")
                    .bind("endedAt", endedAt.toEpochMilli())
                    .bind("id", sessionId)
                    .execute();
            handle.createUpdate(
                            "UPDATE session_peers SET left_at = :endedAt WHERE session_id = :id AND left_at IS NULL")
                    .bind("endedAt", endedAt.toEpochMilli())
                    .bind("id", sessionId)
                    .execute();
        });
    }
}
