package dev.stoa.rooms.poll;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The right answer of a question.
///
/// @param hidden true: voters do not learn it before the poll has ended
/// @param options indices of the right options in rising order, empty = none is right or a text is asked for
/// @param text the right text, null = none
/// @param caseSensitive whether upper and lower case differ
/// @param trim whether white space at the ends is ignored
public record PollAnswer(
        boolean hidden, List<Integer> options, @Nullable String text, boolean caseSensitive, boolean trim) {
    public static final PollAnswer NONE = new PollAnswer(false, List.of(), null, false, false);

    public PollAnswer {
        options = options.stream().sorted().distinct().toList();
    }

    /// What voters see of a hidden answer.
    public static PollAnswer concealed() {
        return new PollAnswer(true, List.of(), null, false, false);
    }

    /// False when nothing is right: such a question gives no points.
    public boolean exists() {
        return !options.isEmpty() || text != null;
    }

    /// @param chosen in rising order
    boolean matches(List<Integer> chosen, @Nullable String written) {
        if (text == null || written == null) {
            return !options.isEmpty() && options.equals(chosen);
        }
        return normal(text).equals(normal(written));
    }

    private String normal(String raw) {
        String trimmed = trim ? raw.strip() : raw;
        return caseSensitive ? trimmed : trimmed.toLowerCase(Locale.ROOT);
    }
}
