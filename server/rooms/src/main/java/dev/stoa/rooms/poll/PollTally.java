package dev.stoa.rooms.poll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a poll stands.
///
/// @param maxUsers most peers in the room while it ran
/// @param voters how many answered something
/// @param responses answers that count
/// @param questions empty for who may not see results
public record PollTally(String pollId, int maxUsers, int voters, int responses, List<Question> questions) {
    /// @param options votes of each option in order; empty for written answers
    /// @param correct right answers, null = not told yet
    /// @param total answers, skipped ones among them
    public record Question(
            int question,
            QuestionType type,
            List<Integer> options,
            @Nullable Integer correct,
            int skipped,
            int total) {}
}
