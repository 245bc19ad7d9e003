package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.Leaderboard;
import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a [PollCommand] that was not refused.
public sealed interface PollReply {
    record Saved(String pollId) implements PollReply {}

    record Info(PollView poll) implements PollReply {}

    record QuestionsSaved(String pollId, int total) implements PollReply {}

    /// @param last true: there are no more
    record Questions(String pollId, List<PollQuestion> questions, boolean last) implements PollReply {}

    /// The poll was started or stopped, by this request or before it.
    record Switched(String pollId, int durationSeconds) implements PollReply {}

    record Judged(String pollId, List<Judgement> judgements) implements PollReply {}

    /// @param correct null = not told
    /// @param error null = the answer counts
    record Judgement(int question, @Nullable Boolean correct, CommandResult.@Nullable Refused error) {}

    /// @param anonymous true: voters are not named
    /// @param last true: there are no more
    record Responses(String pollId, List<LivePoll.Given> responses, boolean anonymous, boolean last)
            implements PollReply {}

    /// @param last where the next page begins, empty = there is none
    record Polls(List<PollView> polls, String last) implements PollReply {}

    record Result(PollTally tally) implements PollReply {}

    record Ranking(String pollId, Leaderboard board) implements PollReply {}
}
