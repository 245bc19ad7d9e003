package dev.stoa.rooms.poll;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One poll in one session, from its start on, with the questions as they were asked.
///
/// @param id 24 lower-case hexadecimal characters
/// @param pollId of a [PollDefinition], or chosen by a client
/// @param stoppedAt null while it runs
public record PollRun(
        String id,
        String workspaceId,
        String pollId,
        String sessionId,
        PollInfo info,
        List<PollQuestion> questions,
        Instant startedAt,
        @Nullable Instant stoppedAt) {
    public PollRun {
        questions = List.copyOf(questions);
    }

    public PollRun stopped(Instant at) {
        return new PollRun(id, workspaceId, pollId, sessionId, info, questions, startedAt, at);
    }
}
