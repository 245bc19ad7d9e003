package dev.stoa.rooms.poll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One vote held against its question.
final class Answer {
    private final PollQuestion question;
    private final List<Integer> options;
    private final @Nullable String text;
    private final boolean skipped;
    private final boolean saidSkipped;

    /// Clients that send a form as it is say "nothing chosen" by -1, an empty list or an empty text.
    Answer(PollQuestion question, Vote vote) {
        this.question = question;
        boolean choice = question.type().isChoice();
        List<Integer> chosen = choice
                ? vote.options().stream()
                        .filter(option -> option != -1)
                        .sorted()
                        .distinct()
                        .toList()
                : List.of();
        String written = choice ? null : vote.text();
        boolean nothing = chosen.isEmpty() && (written == null || written.isEmpty());
        this.saidSkipped = vote.skipped();
        this.skipped = saidSkipped || nothing;
        this.options = skipped ? List.of() : chosen;
        this.text = skipped ? null : written;
    }

    @Nullable
    String problem() {
        if (skipped) {
            return question.skippable() ? null : nothingSaid();
        }
        return question.type().isChoice() ? choiceProblem() : textProblem();
    }

    private String nothingSaid() {
        return saidSkipped ? "this question cannot be skipped" : "answer the question, it cannot be skipped";
    }

    private @Nullable String choiceProblem() {
        if (question.type() == QuestionType.SINGLE_CHOICE && options.size() > 1) {
            return "choose one option only";
        }
        return options.getFirst() < 1 || options.getLast() > question.options().size()
                ? "the question has no such option"
                : null;
    }

    private @Nullable String textProblem() {
        int length = text == null ? 0 : text.length();
        return length < question.minLength() || length > question.maxLength()
                ? "the answer must have " + question.minLength() + " to " + question.maxLength() + " characters"
                : null;
    }

    PollResponse response(String id, @Nullable PollResponse old, long durationMs, long nowMs) {
        boolean correct = !skipped && question.answer().matches(options, text);
        boolean wrong = !skipped && !correct && question.answer().exists();
        int score = correct ? question.weight() : wrong && question.negative() ? -question.weight() : 0;
        String original = old == null ? null : old.original() == null ? old.id() : old.original();
        int retries = old == null ? 0 : old.retries() + 1;
        return new PollResponse(
                id,
                question.index(),
                question.type(),
                options,
                text,
                skipped,
                original,
                retries,
                durationMs,
                nowMs,
                correct,
                score);
    }
}
