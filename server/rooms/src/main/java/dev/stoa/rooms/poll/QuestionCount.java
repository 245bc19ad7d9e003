package dev.stoa.rooms.poll;

import java.util.Arrays;

/// The votes of one question, kept up to date with every answer.
final class QuestionCount {
    private final PollQuestion question;
    private final int[] options;
    private int correct;
    private int skipped;
    private int total;

    QuestionCount(PollQuestion question) {
        this.question = question;
        this.options = new int[question.options().size()];
    }

    /// @param by 1, or -1 for an answer that was changed
    void add(PollResponse response, int by) {
        total += by;
        skipped += response.skipped() ? by : 0;
        correct += response.correct() ? by : 0;
        response.options().forEach(option -> options[option - 1] += by);
    }

    PollTally.Question view(boolean reveal) {
        Integer told = reveal || !question.answer().hidden() ? (Integer) correct : null;
        return new PollTally.Question(
                question.index(),
                question.type(),
                Arrays.stream(options).boxed().toList(),
                told,
                skipped,
                total);
    }
}
