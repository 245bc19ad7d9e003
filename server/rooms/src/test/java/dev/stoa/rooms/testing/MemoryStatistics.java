package dev.stoa.rooms.testing;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StatisticsRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

public final class MemoryStatistics implements StatisticsRepository {
    private final List<PeerStatistics> pieces = new ArrayList<>();

    @Override
    public synchronized void save(PeerStatistics statistics) {
        pieces.removeIf(old -> old.sessionId().equals(statistics.sessionId())
                && old.peerId().equals(statistics.peerId())
                && old.reporter() == statistics.reporter()
                && old.fromMs() == statistics.fromMs());
        pieces.add(statistics);
    }

    @Override
    public synchronized List<PeerStatistics> of(String sessionId, String peerId) {
        return pieces.stream()
                .filter(piece ->
                        piece.sessionId().equals(sessionId) && piece.peerId().equals(peerId))
                .sorted(Comparator.comparingLong(PeerStatistics::fromMs).thenComparing(PeerStatistics::reporter))
                .toList();
    }

    @Override
    public synchronized int deleteBefore(Instant time, int limit) {
        List<PeerStatistics> old = pieces.stream()
                .filter(piece -> piece.fromMs() < time.toEpochMilli())
                .limit(limit)
                .toList();
        pieces.removeAll(old);
        return old.size();
    }
}
