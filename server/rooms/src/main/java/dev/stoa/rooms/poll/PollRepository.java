package dev.stoa.rooms.poll;

import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Port to where polls, their runs and answers are kept. Thread-safe; calls may block; a call that returned is durable.
public interface PollRepository {
    /// Inserts or replaces by id.
    void save(PollDefinition poll);

    Optional<PollDefinition> byId(String workspaceId, String id);

    /// Which of these polls there are.
    Set<String> existing(String workspaceId, Collection<String> ids);

    /// Inserts or replaces by id.
    void saveRun(PollRun run);

    /// The newest run of a poll, whether it was made by REST or in a room.
    Optional<PollRun> latestRun(String workspaceId, String pollId);

    /// Ends all runs of a session that are still open.
    void endRuns(String sessionId, Instant at);

    /// Adds answers, all or none; what the same voter said to the same question before counts as superseded.
    void addResponses(List<StoredResponse> responses);

    /// Newest first.
    Page<RunSummary> runs(String workspaceId, String pollId, Page.Request page);

    /// Newest first.
    ///
    /// @param question null = all
    /// @param all true: superseded answers too
    Page<StoredResponse> responses(
            String workspaceId, String pollId, @Nullable Integer question, boolean all, Page.Request page);

    Optional<StoredResponse> response(String workspaceId, String pollId, String responseId);

    /// @param responses answers that count
    /// @param voters how many gave them
    record RunSummary(
            String id,
            String pollId,
            String sessionId,
            Instant startedAt,
            @Nullable Instant stoppedAt,
            int responses,
            int voters) {}
}
