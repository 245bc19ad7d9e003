package dev.stoa.rooms.poll;

import java.time.Instant;
import java.util.List;

/// A poll made by REST; outlives sessions and can be linked to rooms.
///
/// @param id 24 lower-case hexadecimal characters
/// @param autoStart true: starts with the session of a room it is linked to; false: somebody inside starts it
public record PollDefinition(
        String id,
        String workspaceId,
        PollInfo info,
        boolean autoStart,
        List<PollQuestion> questions,
        Instant createdAt,
        Instant updatedAt) {
    public PollDefinition {
        questions = List.copyOf(questions);
    }
}
