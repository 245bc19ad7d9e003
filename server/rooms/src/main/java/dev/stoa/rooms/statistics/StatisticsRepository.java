package dev.stoa.rooms.statistics;

import java.time.Instant;
import java.util.List;

/// Port to where statistics are kept. Thread-safe; calls may block.
public interface StatisticsRepository {
    void save(PeerStatistics statistics);

    /// All pieces of one peer's stay, oldest first.
    List<PeerStatistics> of(String sessionId, String peerId);

    /// Forgets pieces that began earlier.
    ///
    /// @param limit most pieces at once
    /// @return how many there were
    int deleteBefore(Instant time, int limit);
}
