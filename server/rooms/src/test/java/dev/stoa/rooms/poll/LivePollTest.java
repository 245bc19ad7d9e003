package dev.stoa.rooms.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Votes, points and ranks.
class LivePollTest {
    private static final long START = 1_000_000;
    private final IdSource ids = new RandomIds(new Random(1), () -> Instant.EPOCH);

    private static Voter voter(String name) {
        return new Voter("peer-" + name, "user-" + name, name, "guest");
    }

    private static PollQuestion question(
            int index,
            QuestionType type,
            int options,
            boolean skippable,
            boolean once,
            boolean negative,
            PollAnswer answer) {
        List<PollOption> list = IntStream.rangeClosed(1, options)
                .mapToObj(i -> new PollOption(i, "o" + i, 0))
                .toList();
        return new PollQuestion(
                index, "?", type, "text", List.of(), skippable, 0, once, index, negative, 2, 5, list, answer);
    }

    private static PollAnswer right(Integer... options) {
        return new PollAnswer(false, List.of(options), null, false, false);
    }

    private static LivePoll running(PollType type, VoterIdentity mode, PollQuestion... questions) {
        PollInfo info = new PollInfo("t", type, 0, false, false, false, mode, List.of(), List.of());
        LivePoll poll = new LivePoll("p", info, voter("maker"), START);
        poll.ask(List.of(questions));
        poll.start(START, voter("maker"), 3);
        return poll;
    }

    private LivePoll.VoteOutcome vote(LivePoll poll, String name, int question, long durationMs, Integer... options) {
        return poll.vote(
                START + 60_000, voter(name), new Vote(question, List.of(options), null, false, durationMs), ids);
    }

    private static int code(LivePoll.VoteOutcome outcome) {
        return outcome instanceof LivePoll.VoteOutcome.Refused(int code, String message) ? code : 200;
    }

    @ParameterizedTest
    @CsvSource({
        "single-choice,   true,  '1',   200",
        "single-choice,   true,  '3',   200",
        "single-choice,   true,  '4',   400",
        "single-choice,   true,  '0',   400",
        "single-choice,   true,  '1 2', 400",
        "single-choice,   true,  '-1',  200",
        "single-choice,   false, '-1',  400",
        "single-choice,   false, '',    400",
        "multiple-choice, true,  '1 2', 200",
        "multiple-choice, true,  '2 2', 200",
        "multiple-choice, true,  '2 9', 400",
        "multiple-choice, false, '',    400",
        "multiple-choice, true,  '',    200",
        "short-answer,    true,  '1',   200",
        "short-answer,    false, '1',   400",
    })
    void aChoiceIsHeldAgainstItsQuestion(String type, boolean skippable, String chosen, int expected) {
        QuestionType kind = QuestionType.of(type);
        LivePoll poll = running(
                PollType.POLL,
                VoterIdentity.USERID,
                question(1, kind, kind.isChoice() ? 3 : 0, skippable, false, false, PollAnswer.NONE));
        Integer[] options = chosen.isEmpty()
                ? new Integer[0]
                : List.of(chosen.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new);

        assertThat(code(vote(poll, "a", 1, 0, options))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Rome,   false, false, rome,    true",
        "Rome,   true,  false, rome,    false",
        "Rome,   true,  false, Rome,    true",
        "Rome,   true,  true,  ' Rome', true",
        "Rome,   true,  false, ' Rome', false",
        "Rome,   false, false, Oslo,    false",
    })
    void aTextIsRightWithItsCaseAndItsEdgesWhereThatMatters(
            String text, boolean caseSensitive, boolean trim, String written, boolean expected) {
        PollAnswer answer = new PollAnswer(false, List.of(), text, caseSensitive, trim);
        LivePoll poll = running(
                PollType.QUIZ,
                VoterIdentity.USERID,
                question(1, QuestionType.SHORT_ANSWER, 0, true, false, false, answer));

        LivePoll.VoteOutcome outcome = poll.vote(START, voter("a"), new Vote(1, List.of(), written, false, 0), ids);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LivePoll.VoteOutcome.Counted.class,
                        counted -> assertThat(counted.response().correct()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"a, 400", "ab, 200", "abcde, 200", "abcdef, 400"})
    void aTextHasItsLength(String written, int expected) {
        LivePoll poll = running(
                PollType.POLL,
                VoterIdentity.USERID,
                question(1, QuestionType.LONG_ANSWER, 0, true, false, false, PollAnswer.NONE));

        assertThat(code(poll.vote(START, voter("a"), new Vote(1, List.of(), written, false, 0), ids)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"POLL, false, 200", "POLL, true, 409", "QUIZ, false, 409", "QUIZ, true, 409"})
    void anAnswerMayChangeInAPollUnlessItSaysOnce(PollType type, boolean once, int expected) {
        LivePoll poll = running(
                type, VoterIdentity.USERID, question(1, QuestionType.SINGLE_CHOICE, 3, true, once, false, right(1)));
        vote(poll, "a", 1, 0, 1);

        assertThat(code(vote(poll, "a", 1, 0, 2))).isEqualTo(expected);
        assertThat(poll.tally(true, true).questions().getFirst().options())
                .isEqualTo(expected == 200 ? List.of(0, 1, 0) : List.of(1, 0, 0));
        assertThat(poll.tally(true, true).responses()).isEqualTo(1);
    }

    @Test
    void aChangedAnswerKnowsTheFirstOne() {
        LivePoll poll = running(
                PollType.POLL,
                VoterIdentity.USERID,
                question(1, QuestionType.SINGLE_CHOICE, 3, true, false, false, PollAnswer.NONE));
        vote(poll, "a", 1, 0, 1);
        String first = poll.responses(null, 0, 10).getFirst().response().id();
        vote(poll, "a", 1, 0, 2);
        vote(poll, "a", 1, 0, 3);

        assertThat(poll.responses(null, 0, 10))
                .extracting(LivePoll.Given::response)
                .extracting(PollResponse::original, PollResponse::retries, PollResponse::options)
                .containsExactly(tuple(first, 2, List.of(3)));
        for (int i = 0; i < 48; i++) {
            vote(poll, "a", 1, 0, 1);
        }
        assertThat(code(vote(poll, "a", 1, 0, 1))).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"USERID, 1", "PEERID, 2", "USERNAME, 1"})
    void aPersonVotesOnceWhateverTellsPeopleApart(VoterIdentity mode, int voters) {
        LivePoll poll = running(
                PollType.POLL, mode, question(1, QuestionType.SINGLE_CHOICE, 3, true, true, false, PollAnswer.NONE));
        Vote vote = new Vote(1, List.of(1), null, false, 0);

        poll.vote(START, new Voter("first", "ravi", "Ravi", "guest"), vote, ids);
        poll.vote(START, new Voter("again", "ravi", "Ravi", "guest"), vote, ids);

        assertThat(poll.tally(true, true).voters()).isEqualTo(voters);
    }

    @Test
    void pointsAreThoseOfTheQuestionAndWrongAnswersCostOnlyWhereSaid() {
        LivePoll poll = running(
                PollType.QUIZ,
                VoterIdentity.USERID,
                question(1, QuestionType.SINGLE_CHOICE, 3, true, false, false, right(1)),
                question(2, QuestionType.MULTIPLE_CHOICE, 3, true, false, true, right(1, 3)),
                question(3, QuestionType.MULTIPLE_CHOICE, 3, true, false, true, PollAnswer.NONE));
        vote(poll, "a", 1, 0, 2);
        vote(poll, "a", 2, 0, 3, 1);
        vote(poll, "a", 3, 0, 1);
        vote(poll, "b", 1, 0, 1);
        vote(poll, "b", 2, 0, 1);
        vote(poll, "c", 2, 0);

        assertThat(poll.responses(null, 0, 10))
                .extracting(given -> given.response().score())
                .as("a: wrong, right, nothing is right; b: right, half right is wrong; c: skipped")
                .containsExactly(0, 2, 0, 1, -2, 0);
    }

    @Test
    void theBestAreRankedByPointsThenByTimeForRightAnswers() {
        LivePoll poll = running(
                PollType.QUIZ,
                VoterIdentity.USERID,
                question(1, QuestionType.SINGLE_CHOICE, 3, true, false, false, right(1)),
                question(2, QuestionType.SINGLE_CHOICE, 3, true, false, false, right(1)));
        vote(poll, "slow", 1, 9_000, 1);
        vote(poll, "slow", 2, 9_000, 1);
        vote(poll, "fast", 1, 1_000, 1);
        vote(poll, "fast", 2, 2_000, 1);
        vote(poll, "half", 1, 500, 2);
        vote(poll, "half", 2, 500, 1);
        vote(poll, "none", 1, 100, 3);

        Leaderboard board = poll.leaderboard(0, 0, 3);
        assertThat(board.entries())
                .extracting(
                        entry -> entry.voter().name(),
                        Leaderboard.Entry::position,
                        Leaderboard.Entry::score,
                        Leaderboard.Entry::responses,
                        Leaderboard.Entry::correct,
                        Leaderboard.Entry::durationMs)
                .containsExactly(
                        tuple("fast", 1, 3, 2, 2, 3_000L),
                        tuple("slow", 2, 3, 2, 2, 18_000L),
                        tuple("half", 3, 2, 2, 1, 500L));
        assertThat(board.last()).isFalse();
        assertThat(poll.leaderboard(0, 3, 3).entries())
                .extracting(Leaderboard.Entry::position)
                .containsExactly(4);
        assertThat(poll.leaderboard(0, 3, 3).last()).isTrue();
        assertThat(board)
                .extracting(
                        Leaderboard::totalUsers,
                        Leaderboard::votedUsers,
                        Leaderboard::correctUsers,
                        Leaderboard::avgTimeMs,
                        Leaderboard::avgScore)
                .containsExactly(3, 4, 3, (18_000L + 3_000 + 1_000 + 100) / 4, 2.0);
        assertThat(poll.leaderboard(1, 0, 3).entries())
                .extracting(entry -> entry.voter().name(), Leaderboard.Entry::score)
                .containsExactly(tuple("fast", 1), tuple("slow", 1), tuple("half", 0));
    }

    @Test
    void aClaimedTimeIsAtMostTheTimeSinceTheStart() {
        LivePoll poll = running(
                PollType.QUIZ,
                VoterIdentity.USERID,
                question(1, QuestionType.SINGLE_CHOICE, 3, true, false, false, right(1)));
        vote(poll, "a", 1, Long.MAX_VALUE, 1);
        vote(poll, "b", 1, -5, 1);

        assertThat(poll.responses(null, 0, 10))
                .extracting(given -> given.response().durationMs())
                .containsExactly(60_000L, 0L);
    }

    /// Whatever is voted in whatever order: counts agree with the answers that count, and nobody counts twice.
    @Property(tries = 300)
    void countsAgreeWithAnswers(@ForAll long seed) {
        Random random = new Random(seed);
        PollQuestion[] questions = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> question(
                        i,
                        random.nextBoolean() ? QuestionType.SINGLE_CHOICE : QuestionType.MULTIPLE_CHOICE,
                        3,
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean() ? right(1) : PollAnswer.NONE))
                .toArray(PollQuestion[]::new);
        LivePoll poll = running(random.nextBoolean() ? PollType.POLL : PollType.QUIZ, VoterIdentity.USERID, questions);
        Map<String, PollResponse> last = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Vote vote = randomVote(random);
            Voter voter = voter("v" + random.nextInt(4));
            if (poll.vote(START + i, voter, vote, ids) instanceof LivePoll.VoteOutcome.Counted(var response, int n)) {
                PollResponse before = last.put(voter.name() + "/" + response.question(), response);
                assertThat(response.update()).isEqualTo(before != null);
            }
            agrees(poll, last.values().stream().toList(), null);
        }
        poll.stop(START + 100, null);
        agrees(poll, last.values().stream().toList(), voter("v1"));
    }

    private static Vote randomVote(Random random) {
        List<Integer> options = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            options.add(random.nextInt(6) - 1);
        }
        return new Vote(random.nextInt(5), options, null, random.nextInt(8) == 0, random.nextInt());
    }

    private static void agrees(LivePoll poll, List<PollResponse> last, @Nullable Voter someone) {
        PollTally tally = poll.tally(true, true);
        assertThat(tally.responses()).isEqualTo(last.size());
        for (PollTally.Question question : tally.questions()) {
            List<PollResponse> own = last.stream()
                    .filter(response -> response.question() == question.question())
                    .toList();
            assertThat(question.total()).isEqualTo(own.size());
            assertThat((long) question.skipped())
                    .isEqualTo(own.stream().filter(PollResponse::skipped).count());
            assertThat(question.correct())
                    .isEqualTo((int) own.stream().filter(PollResponse::correct).count());
            for (int option = 1; option <= 3; option++) {
                int wanted = option;
                assertThat((long) question.options().get(option - 1))
                        .isEqualTo(own.stream()
                                .filter(response -> response.options().contains(wanted))
                                .count());
            }
        }
        assertThat(poll.responses(null, 0, 1000))
                .extracting(LivePoll.Given::response)
                .containsExactlyInAnyOrderElementsOf(last);
        Leaderboard board = poll.leaderboard(0, 0, 100);
        assertThat(board.entries().stream().mapToInt(Leaderboard.Entry::score).sum())
                .isEqualTo(last.stream().mapToInt(PollResponse::score).sum());
        assertThat(board.votedUsers()).isEqualTo(tally.voters());
        if (someone != null) {
            assertThat(poll.responses(someone, 0, 10))
                    .allMatch(given -> given.voter().equals(someone));
        }
    }
}
