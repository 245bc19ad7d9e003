package dev.stoa.signal;

import dev.stoa.rooms.poll.Leaderboard;
import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.PollView;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.Voter;
import dev.stoa.rooms.poll.VoterIdentity;
import java.util.List;

/// The quiz of the samples.
final class SamplePoll {
    private static final PollInfo INFO = new PollInfo(
            "Quiz 1", PollType.QUIZ, 60, false, false, false, VoterIdentity.USERID, List.of("guest"), List.of("host"));
    static final Voter RAVI = new Voter("p-2", "u-7", "Ravi", "guest");

    private SamplePoll() {}

    static PollView started() {
        return new PollView(
                "poll-1", INFO, PollState.STARTED, "p-1", "p-1", null, 1_767_225_600_000L, 1_767_225_604_000L, 0, 1);
    }

    static PollView stopped() {
        return new PollView(
                "poll-1",
                INFO,
                PollState.STOPPED,
                "p-1",
                "p-1",
                "p-1",
                1_767_225_600_000L,
                1_767_225_604_000L,
                1_767_225_664_000L,
                1);
    }

    static PollQuestion question() {
        return new PollQuestion(
                1,
                "2+2",
                QuestionType.SINGLE_CHOICE,
                "text",
                List.of(),
                true,
                0,
                false,
                2,
                false,
                0,
                1024,
                List.of(new PollOption(1, "4", 0), new PollOption(2, "5", 0)),
                new PollAnswer(false, List.of(1), null, false, false));
    }

    static PollTally tally() {
        return new PollTally(
                "poll-1",
                12,
                9,
                9,
                List.of(new PollTally.Question(1, QuestionType.SINGLE_CHOICE, List.of(7, 2), 7, 0, 9)));
    }

    static LivePoll.Given given() {
        PollResponse response = new PollResponse(
                "pr-1", 1, QuestionType.SINGLE_CHOICE, List.of(1), null, false, null, 0, 4200, 0, true, 2);
        return new LivePoll.Given(response, RAVI);
    }

    static Leaderboard leaderboard() {
        return new Leaderboard(12, 9, 7, 5100, 1.5, List.of(new Leaderboard.Entry(1, 2, 1, 1, 4200, RAVI)), true);
    }
}
