package dev.stoa.rooms.poll;

import java.util.List;

/// Who did best.
///
/// @param totalUsers most peers in the room while the quiz ran
/// @param votedUsers how many answered something
/// @param correctUsers how many of them were right at least once
/// @param avgTimeMs time a voter took for all answers, on average
/// @param avgScore points of a voter, on average
/// @param entries one page
/// @param last true: there are no more
public record Leaderboard(
        int totalUsers,
        int votedUsers,
        int correctUsers,
        long avgTimeMs,
        double avgScore,
        List<Entry> entries,
        boolean last) {
    /// @param position from 1
    /// @param durationMs time taken for the right answers
    public record Entry(int position, int score, int responses, int correct, long durationMs, Voter voter) {}
}
