package dev.stoa.store;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.statistics.StatisticsRepository;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlStatistics implements StatisticsRepository {
    private static final RowMapper<PeerStatistics> PIECE = (row, context) -> {
        long fromMs = row.getLong("from_time");
        return new PeerStatistics(
                row.getString("session_id"),
                row.getString("peer_id"),
                Reporter.valueOf(row.getString("reporter")),
                fromMs,
                StreamColumns.read(row.getString("streams"), fromMs));
    };

    private final Database database;

    SqlStatistics(Database database) {
        this.database = database;
    }

    static void save(Handle handle, PeerStatistics statistics) {
        handle.createUpdate("""
                        INSERT INTO peer_statistics (session_id, peer_id, reporter, from_time, streams)
                        VALUES (:sessionId, :peerId, :reporter, :from, :streams)
                        ON CONFLICT (session_id, peer_id, from_time, reporter) DO UPDATE SET
                            streams = excluded.streams
                        """)
                .bind("sessionId", statistics.sessionId())
                .bind("peerId", statistics.peerId())
                .bind("reporter", statistics.reporter().name())
                .bind("from", statistics.fromMs())
                .bind("streams", StreamColumns.write(statistics.streams(), statistics.fromMs()))
                .execute();
    }

    @Override
    public void save(PeerStatistics statistics) {
        database.useHandle(handle -> save(handle, statistics));
    }

    @Override
    public List<PeerStatistics> of(String sessionId, String peerId) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM peer_statistics WHERE session_id = :sessionId AND peer_id = :peerId
                        ORDER BY from_time, reporter DESC
                        """)
                .bind("sessionId", sessionId)
                .bind("peerId", peerId)
                .map(PIECE)
                .list());
    }

    @Override
    public int deleteBefore(Instant time, int limit) {
        return database.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM peer_statistics WHERE (session_id, peer_id, from_time, reporter) IN
                            (SELECT session_id, peer_id, from_time, reporter FROM peer_statistics
                            WHERE from_time < :time ORDER BY from_time LIMIT :limit)
                        """)
                .bind("time", time.toEpochMilli())
                .bind("limit", limit)
                .execute());
    }
}
