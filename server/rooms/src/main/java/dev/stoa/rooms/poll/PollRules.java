package dev.stoa.rooms.poll;

import java.util.ArrayList;
import java.util.List;

/// What a poll may look like, the same for those made by REST and in a room. Problems are sentences that are safe to
/// show; an empty list means that all is well.
public final class PollRules {
    public static final int MAX_TITLE = 256;
    public static final int MAX_TEXT = 1024;
    public static final int MAX_QUESTIONS = 50;
    public static final int MAX_OPTIONS = 20;
    public static final int MAX_WEIGHT = 999;
    /// Characters; also what an answer may have when the question does not say.
    public static final int MAX_ANSWER = 1024;

    public static final int MAX_DURATION_SECONDS = 43_200;
    public static final int MAX_ROLES = 100;

    private PollRules() {}

    public static List<String> problems(PollInfo info) {
        List<String> problems = new ArrayList<>();
        if (info.title().isBlank() || info.title().length() > MAX_TITLE) {
            problems.add("title must have 1 to " + MAX_TITLE + " characters");
        }
        range(problems, "duration", info.durationSeconds(), 0, MAX_DURATION_SECONDS);
        return problems;
    }

    public static List<String> problems(List<PollQuestion> questions) {
        List<String> problems = new ArrayList<>();
        if (questions.size() > MAX_QUESTIONS) {
            problems.add("a poll has at most " + MAX_QUESTIONS + " questions");
            return problems;
        }
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).index() != i + 1) {
                problems.add("questions must be numbered from 1 in their order");
                return problems;
            }
            check(problems, questions.get(i));
        }
        return problems;
    }

    private static void check(List<String> problems, PollQuestion question) {
        String name = "question " + question.index();
        if (question.text().isBlank() || question.text().length() > MAX_TEXT) {
            problems.add(name + ": text must have 1 to " + MAX_TEXT + " characters");
        }
        range(problems, name + ": weight", question.weight(), 0, MAX_WEIGHT);
        range(problems, name + ": duration", question.durationSeconds(), 0, MAX_DURATION_SECONDS);
        if (question.type().isChoice()) {
            checkOptions(problems, name, question);
        } else {
            checkText(problems, name, question);
        }
    }

    private static void checkOptions(List<String> problems, String name, PollQuestion question) {
        List<PollOption> options = question.options();
        range(problems, name + ": number of options", options.size(), 2, MAX_OPTIONS);
        for (int i = 0; i < options.size(); i++) {
            PollOption option = options.get(i);
            if (option.index() != i + 1) {
                problems.add(name + ": options must be numbered from 1 in their order");
                return;
            }
            if (option.text().isBlank() || option.text().length() > MAX_TEXT) {
                problems.add(
                        name + ": text of option " + option.index() + " must have 1 to " + MAX_TEXT + " characters");
            }
            range(problems, name + ": weight of option " + option.index(), option.weight(), 0, MAX_WEIGHT);
        }
        List<Integer> right = question.answer().options();
        if (!right.isEmpty() && (right.getFirst() < 1 || right.getLast() > options.size())) {
            problems.add(name + ": the answer is none of the options");
        }
        if (question.type() == QuestionType.SINGLE_CHOICE && right.size() > 1) {
            problems.add(name + ": a single choice has one right option");
        }
    }

    private static void checkText(List<String> problems, String name, PollQuestion question) {
        if (!question.options().isEmpty()) {
            problems.add(name + ": a written answer has no options");
        }
        range(problems, name + ": answer_max_len", question.maxLength(), 1, MAX_ANSWER);
        range(problems, name + ": answer_min_len", question.minLength(), 0, Math.max(0, question.maxLength()));
        String text = question.answer().text();
        if (text != null && text.length() > MAX_ANSWER) {
            problems.add(name + ": the answer has more than " + MAX_ANSWER + " characters");
        }
    }

    private static void range(List<String> problems, String name, int value, int min, int max) {
        if (value < min || value > max) {
            problems.add(name + " must be between " + min + " and " + max);
        }
    }
}
