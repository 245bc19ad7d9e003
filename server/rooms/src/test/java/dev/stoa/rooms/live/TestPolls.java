package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.Vote;
import dev.stoa.rooms.poll.VoterIdentity;
import java.util.List;

/// Polls, questions and votes for tests.
final class TestPolls {
    private TestPolls() {}

    static PollInfo info(int durationSeconds) {
        return info(PollType.POLL, durationSeconds, false, List.of(), List.of());
    }

    static PollInfo info(
            PollType type, int durationSeconds, boolean anonymous, List<String> vote, List<String> responses) {
        return new PollInfo(
                "Lunch", type, durationSeconds, anonymous, false, false, VoterIdentity.USERID, vote, responses);
    }

    /// Three options; 0 = none of them is right.
    static PollQuestion choice(int index, int right) {
        return question(
                index,
                QuestionType.SINGLE_CHOICE,
                options(3),
                new PollAnswer(false, right == 0 ? List.of() : List.of(right), null, false, false));
    }

    static List<PollOption> options(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count)
                .mapToObj(index -> new PollOption(index, "option " + index, 0))
                .toList();
    }

    /// Worth 10 points, can be skipped and changed.
    static PollQuestion question(int index, QuestionType type, List<PollOption> options, PollAnswer answer) {
        return new PollQuestion(
                index, "Which?", type, "text", List.of(), true, 0, false, 10, false, 0, 1024, options, answer);
    }

    static Vote chosen(int question, Integer... options) {
        return new Vote(question, List.of(options), null, false, 1000);
    }

    static void draft(Client client, String id, PollQuestion... questions) {
        draft(client, id, info(0), questions);
    }

    static void draft(Client client, String id, PollInfo info, PollQuestion... questions) {
        accepted(client, new PollCommand.SetInfo(id, info));
        accepted(client, new PollCommand.SetQuestions(id, List.of(questions)));
    }

    static void started(Client client, String id, PollQuestion... questions) {
        draft(client, id, questions);
        accepted(client, new PollCommand.Start(id));
    }

    static void started(Client client, String id, PollInfo info, PollQuestion... questions) {
        draft(client, id, info, questions);
        accepted(client, new PollCommand.Start(id));
    }

    static PollReply accepted(Client client, PollCommand command) {
        CommandResult result = client.send(new PeerCommand.OfPoll(command));
        if (result instanceof CommandResult.OfPoll(PollReply reply)) {
            return reply;
        }
        throw new AssertionError(result);
    }

    static <T extends PollReply> T accepted(Client client, PollCommand command, Class<T> type) {
        return type.cast(accepted(client, command));
    }

    static CommandResult.Refused refused(Client client, PollCommand command) {
        CommandResult result = client.send(new PeerCommand.OfPoll(command));
        if (result instanceof CommandResult.Refused refused) {
            return refused;
        }
        throw new AssertionError(result);
    }

    static <T extends PollNotice> List<T> heard(Client client, Class<T> type) {
        return client.notices(PeerNotice.OfPoll.class).stream()
                .map(PeerNotice.OfPoll::notice)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
