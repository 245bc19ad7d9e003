package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.Vote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a peer asks about polls and quizzes. Answered by [PollReply].
public sealed interface PollCommand {
    /// Makes a draft or changes one.
    ///
    /// @param pollId null = the server makes one
    record SetInfo(@Nullable String pollId, PollInfo info) implements PollCommand {}

    record GetInfo(String pollId) implements PollCommand {}

    /// Replaces all questions of a draft.
    record SetQuestions(String pollId, List<PollQuestion> questions) implements PollCommand {}

    /// @param index how many to leave out
    record GetQuestions(String pollId, int index, int count) implements PollCommand {}

    record Start(String pollId) implements PollCommand {}

    record Stop(String pollId) implements PollCommand {}

    record Respond(String pollId, List<Vote> votes) implements PollCommand {}

    /// @param index how many to leave out
    /// @param self true: only the asker's own
    record GetResponses(String pollId, int index, int count, boolean self) implements PollCommand {}

    /// @param state null = all that the asker may see
    /// @param start id of the last poll of the page before, null = first page
    record ListPolls(
            @Nullable PollState state, int count, @Nullable String start) implements PollCommand {}

    record GetResult(String pollId) implements PollCommand {}

    /// @param question points of this one only, 0 = all
    record GetLeaderboard(String pollId, int offset, int count, int question) implements PollCommand {}
}
