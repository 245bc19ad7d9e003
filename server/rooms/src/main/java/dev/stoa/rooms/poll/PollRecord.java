package dev.stoa.rooms.poll;

import java.util.List;

/// What is worth keeping of a poll in a session.
public sealed interface PollRecord {
    record Started(PollRun run) implements PollRecord {}

    /// Answers given at once; each takes the place of the voter's earlier one to the same question.
    record Answered(List<StoredResponse> responses) implements PollRecord {}

    record Stopped(PollRun run) implements PollRecord {}
}
