package dev.stoa.rooms.poll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that counts, or counted until it was changed.
///
/// @param id 24 hexadecimal characters that sort by time
/// @param options chosen options in rising order
/// @param original id of the first answer when this one replaces it, null = it is the first
/// @param retries how many answers came before this one
/// @param durationMs time taken, as the client says; at most the time since the poll started
/// @param score points; below 0 where wrong answers cost some
public record PollResponse(
        String id,
        int question,
        QuestionType type,
        List<Integer> options,
        @Nullable String text,
        boolean skipped,
        @Nullable String original,
        int retries,
        long durationMs,
        long sentAtMs,
        boolean correct,
        int score) {
    public boolean update() {
        return original != null;
    }
}
