package dev.stoa.rooms.poll;

import java.util.List;

/// One question of a poll.
///
/// @param index from 1
/// @param format `text`; kept for clients
/// @param durationSeconds how long clients show it, 0 = no limit
/// @param once false: an answer may be changed (never in a quiz)
/// @param weight points for the right answer
/// @param negative true: a wrong answer costs as many points
/// @param minLength characters of a written answer
/// @param maxLength characters of a written answer
public record PollQuestion(
        int index,
        String text,
        QuestionType type,
        String format,
        List<PollAttachment> attachments,
        boolean skippable,
        int durationSeconds,
        boolean once,
        int weight,
        boolean negative,
        int minLength,
        int maxLength,
        List<PollOption> options,
        PollAnswer answer) {
    public PollQuestion {
        attachments = List.copyOf(attachments);
        options = List.copyOf(options);
    }

    /// As voters see it while the poll runs.
    public PollQuestion concealed() {
        return answer.hidden() ? withAnswer(PollAnswer.concealed()) : this;
    }

    public PollQuestion withAnswer(PollAnswer other) {
        return with(index, options, other);
    }

    public PollQuestion withIndex(int other) {
        return with(other, options, answer);
    }

    public PollQuestion withOptions(List<PollOption> others, PollAnswer adjusted) {
        return with(index, others, adjusted);
    }

    private PollQuestion with(int newIndex, List<PollOption> newOptions, PollAnswer newAnswer) {
        return new PollQuestion(
                newIndex,
                text,
                type,
                format,
                attachments,
                skippable,
                durationSeconds,
                once,
                weight,
                negative,
                minLength,
                maxLength,
                newOptions,
                newAnswer);
    }
}
