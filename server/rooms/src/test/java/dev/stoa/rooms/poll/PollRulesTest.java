package dev.stoa.rooms.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What polls may not look like, and why.
class PollRulesTest {
    private static PollInfo info(String title, int duration) {
        return new PollInfo(
                title, PollType.POLL, duration, false, false, false, VoterIdentity.USERID, List.of(), List.of());
    }

    private static List<PollOption> options(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(index -> new PollOption(index, "o", 0))
                .toList();
    }

    private static PollQuestion question(
            int index,
            String text,
            QuestionType type,
            int weight,
            int min,
            int max,
            List<PollOption> options,
            PollAnswer answer) {
        return new PollQuestion(
                index, text, type, "text", List.of(), true, 0, false, weight, false, min, max, options, answer);
    }

    private static PollQuestion choice(List<PollOption> options, Integer... right) {
        return question(
                1,
                "?",
                QuestionType.SINGLE_CHOICE,
                1,
                0,
                1024,
                options,
                new PollAnswer(false, List.of(right), null, false, false));
    }

    private static PollQuestion text(int min, int max, PollAnswer answer) {
        return question(1, "?", QuestionType.SHORT_ANSWER, 1, min, max, List.of(), answer);
    }

    static Stream<Arguments> infos() {
        return Stream.of(
                Arguments.of(info("x", 0), null),
                Arguments.of(info("x".repeat(256), 43_200), null),
                Arguments.of(info("", 0), "title"),
                Arguments.of(info(" ", 0), "title"),
                Arguments.of(info("x".repeat(257), 0), "title"),
                Arguments.of(info("x", -1), "duration"),
                Arguments.of(info("x", 43_201), "duration"));
    }

    @ParameterizedTest
    @MethodSource("infos")
    void aPollHasATitleAndATime(PollInfo info, String problem) {
        check(PollRules.problems(info), problem);
    }

    private static void check(List<String> problems, String problem) {
        if (problem == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains(problem);
        }
    }

    static Stream<Arguments> questions() {
        PollQuestion good = choice(options(2), 1);
        List<PollOption> gap = List.of(new PollOption(1, "a", 0), new PollOption(3, "b", 0));
        List<PollOption> blank = List.of(new PollOption(1, "a", 0), new PollOption(2, "", 0));
        List<PollOption> heavy = List.of(new PollOption(1, "a", 0), new PollOption(2, "b", 1000));
        PollAnswer none = PollAnswer.NONE;
        return Stream.of(
                Arguments.of(List.of(), null),
                Arguments.of(List.of(good), null),
                Arguments.of(List.of(choice(options(20))), null),
                Arguments.of(List.of(text(0, 1024, none)), null),
                Arguments.of(List.of(good.withIndex(2)), "numbered"),
                Arguments.of(List.of(good, good), "numbered"),
                Arguments.of(List.of(choice(options(1))), "number of options"),
                Arguments.of(List.of(choice(options(21))), "number of options"),
                Arguments.of(List.of(choice(gap)), "options must be numbered"),
                Arguments.of(List.of(choice(blank)), "text of option 2"),
                Arguments.of(List.of(choice(heavy)), "weight of option 2"),
                Arguments.of(List.of(choice(options(2), 3)), "none of the options"),
                Arguments.of(List.of(choice(options(2), 1, 2)), "one right option"),
                Arguments.of(List.of(text(0, 1025, none)), "answer_max_len"),
                Arguments.of(List.of(text(6, 5, none)), "answer_min_len"),
                Arguments.of(
                        List.of(question(1, "?", QuestionType.LONG_ANSWER, 1, 0, 9, options(2), none)),
                        "has no options"),
                Arguments.of(List.of(question(1, "", QuestionType.LONG_ANSWER, 1, 0, 9, List.of(), none)), "text must"),
                Arguments.of(
                        List.of(question(1, "?", QuestionType.LONG_ANSWER, 1000, 0, 9, List.of(), none)), "weight"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void questionsCanBeAnswered(List<PollQuestion> questions, String problem) {
        check(PollRules.problems(questions), problem);
    }

    @org.junit.jupiter.api.Test
    void aPollHasFiftyQuestions() {
        List<PollQuestion> many = new ArrayList<>();
        for (int i = 1; i <= 51; i++) {
            many.add(choice(options(2)).withIndex(i));
        }

        check(PollRules.problems(many.subList(0, 50)), null);
        check(PollRules.problems(many), "at most 50");
    }
}
