package dev.stoa.api.analytics;

import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.history.HistoryRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a list of events goes on. What the list holds is settled by its first page: events that happen later are not
/// among it.
///
/// @param upTo position of the newest event that counts
/// @param after the last event shown, null before the first page
/// @param begunMs when the first page was asked for, Unix epoch milliseconds
record EventPages(long upTo, HistoryRepository.@Nullable Mark after, long begunMs) {
    static final Duration VALID = Duration.ofHours(24);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}) (\\d{1,15}) (\\d{1,19}) ([0-9a-f-]{1,64})");

    /// Positions are microseconds.
    static EventPages first(Instant now) {
        return new EventPages(now.toEpochMilli() * 1000 + 999, null, now.toEpochMilli());
    }

    /// Null when the text is not one of [#next].
    static @Nullable EventPages parse(String text) {
        String plain;
        try {
            plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        Matcher matcher = TEXT.matcher(plain);
        if (!matcher.matches()) {
            return null;
        }
        MatchResult parts = matcher.toMatchResult();
        try {
            HistoryRepository.Mark mark = new HistoryRepository.Mark(Long.parseLong(parts.group(3)), parts.group(4));
            return new EventPages(Long.parseLong(parts.group(1)), mark, Long.parseLong(parts.group(2)));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    boolean isExpired(Instant now) {
        return Instant.ofEpochMilli(begunMs).plus(VALID).isBefore(now);
    }

    String next(HistoryEvent last) {
        String text = upTo + " " + begunMs + " " + last.position() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
