package dev.stoa.bench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Random;

/// A year of a busy workspace: sessions at equal distances, one room that has a tenth of them, stays in every tenth
/// session, and a few hundred sessions that still run. The same for the same size.
///
/// @param sessions how many
record Filling(int sessions) {
    static final int ROOMS = 2_000;
    static final int PEERS_OF_A_SESSION = 4;
    static final int RUNNING = 500;
    static final String WORKSPACE = "6601f0a1c2d3e4f5a6b70001";
    static final Instant FIRST = Instant.parse("2025-11-01T00:00:00Z");
    private static final long YEAR_MS = 365L * 24 * 3600 * 1000;
    private static final int BATCH = 5_000;
    private static final int HOT_ONE_IN = 10;
    private static final int PEERS_ONE_IN = 10;

    static String roomId(int room) {
        return "6601f0a1c2d3e4f5a7%06x".formatted(room);
    }

    /// As the server makes them: seconds, instance, counter.
    String sessionId(int session) {
        return "%08xc2d3e4f5a6%06x".formatted(createdAt(session).getEpochSecond(), session);
    }

    Instant createdAt(int session) {
        return FIRST.plusMillis(YEAR_MS / sessions * session);
    }

    /// @return rows written
    long write(Connection connection) throws SQLException {
        Random random = new Random(1);
        connection.setAutoCommit(false);
        long rows = 0;
        try (PreparedStatement session = connection.prepareStatement(
                        "INSERT INTO sessions (id, workspace_id, room_id, created_at, ended_at) VALUES (?, ?, ?, ?, ?)");
                PreparedStatement peer = connection.prepareStatement(
                        "INSERT INTO session_peers (session_id, id, name, role, user_id, metadata, joined_at, left_at)"
                                + " VALUES (?, ?, ?, 'guest', ?, '{}', ?, ?)")) {
            for (int i = 0; i < sessions; i++) {
                addSession(session, i, random.nextInt(HOT_ONE_IN) == 0 ? 0 : random.nextInt(ROOMS));
                rows++;
                if (i % PEERS_ONE_IN == 0) {
                    addPeers(peer, i);
                    rows += PEERS_OF_A_SESSION;
                }
                if (i % BATCH == BATCH - 1 || i == sessions - 1) {
                    session.executeBatch();
                    peer.executeBatch();
                    connection.commit();
                }
            }
        }
        connection.setAutoCommit(true);
        return rows;
    }

    private void addSession(PreparedStatement statement, int session, int room) throws SQLException {
        long createdAt = createdAt(session).toEpochMilli();
        statement.setString(1, sessionId(session));
        statement.setString(2, WORKSPACE);
        statement.setString(3, roomId(room));
        statement.setLong(4, createdAt);
        if (session >= sessions - RUNNING) {
            statement.setNull(5, java.sql.Types.BIGINT);
        } else {
            statement.setLong(5, createdAt + 1_800_000);
        }
        statement.addBatch();
    }

    private void addPeers(PreparedStatement statement, int session) throws SQLException {
        long joinedAt = createdAt(session).toEpochMilli();
        for (int i = 0; i < PEERS_OF_A_SESSION; i++) {
            statement.setString(1, sessionId(session));
            statement.setString(2, "%08x-0000-4000-8000-%012x".formatted(session, i));
            statement.setString(3, "Guest " + i);
            statement.setString(4, "user-" + session % 50_000 + "-" + i);
            statement.setLong(5, joinedAt + i * 1_000L);
            statement.setLong(6, joinedAt + 1_700_000);
            statement.addBatch();
        }
    }
}
