package dev.stoa.rooms.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port to where the history of rooms is kept. Thread-safe; calls may block.
public interface HistoryRepository {
    void save(HistoryEvent event);

    /// Newest first.
    ///
    /// @param upTo position of the newest event that counts, so that pages of one list do not shift
    /// @param after the last event of the page before, null for the first page
    /// @param limit at least 1
    List<HistoryEvent> list(Filter filter, long upTo, @Nullable Mark after, int limit);

    long count(Filter filter, long upTo);

    /// Forgets what is older.
    ///
    /// @param limit most events at once
    /// @return how many there were
    int deleteBefore(Instant time, int limit);

    /// A place in a list.
    record Mark(long position, String id) {}

    /// Null components and empty lists do not filter.
    ///
    /// @param errorsOnly true: only what failed
    /// @param since nothing older
    record Filter(
            String workspaceId,
            @Nullable String roomId,
            @Nullable String sessionId,
            @Nullable String peerId,
            @Nullable String userId,
            List<String> types,
            boolean errorsOnly,
            @Nullable Instant since) {
        /// Everything of one session. The room is named as well: session ids also come from clients.
        public static Filter ofSession(String workspaceId, String roomId, String sessionId) {
            return new Filter(workspaceId, roomId, sessionId, null, null, List.of(), false, null);
        }
    }
}
