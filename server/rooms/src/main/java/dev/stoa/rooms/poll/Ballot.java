package dev.stoa.rooms.poll;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers of one voter.
final class Ballot {
    final Voter voter;
    /// Numbers voters of a poll from 1, in the order of their first answer.
    final int number;
    private final Map<Integer, PollResponse> answers = new LinkedHashMap<>();

    Ballot(Voter voter, int number) {
        this.voter = voter;
        this.number = number;
    }

    @Nullable
    PollResponse answer(int question) {
        return answers.get(question);
    }

    void put(PollResponse response) {
        answers.put(response.question(), response);
    }

    Iterable<PollResponse> answers() {
        return answers.values();
    }

    /// @param question 0 = all
    Leaderboard.Entry entry(int question) {
        int score = 0;
        int given = 0;
        int correct = 0;
        long durationMs = 0;
        for (PollResponse response : answers.values()) {
            if (question == 0 || question == response.question()) {
                given++;
                score += response.score();
                correct += response.correct() ? 1 : 0;
                durationMs += response.correct() ? response.durationMs() : 0;
            }
        }
        return new Leaderboard.Entry(0, score, given, correct, durationMs, voter);
    }

    long timeMs() {
        long sum = 0;
        for (PollResponse response : answers.values()) {
            sum += response.durationMs();
        }
        return sum;
    }
}
