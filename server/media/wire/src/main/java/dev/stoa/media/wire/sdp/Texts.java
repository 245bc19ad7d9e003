package dev.stoa.media.wire.sdp;

import java.util.Locale;
import java.util.Optional;

/// Reading of small tokens without exceptions, since the text is hostile.
final class Texts {
    private Texts() {}

    /// A decimal number, 0 to `max` (at most 10^18); -1 for anything else.
    static long number(String text, long max) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= max ? value : -1;
    }

    /// Whether the text is an unsigned 64-bit decimal number.
    static boolean isUnsigned64(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() < 20 || text.compareTo("18446744073709551615") <= 0;
    }

    /// Without the blanks and tabs around it. Other Unicode spaces are ordinary characters in SDP.
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /// Both with a blank between them, or the first alone when the second is empty.
    static String join(String first, String second) {
        return second.isEmpty() ? first : first + " " + second;
    }

    /// Whether a line break or NUL is among the characters, which RFC 8866 §9 allows nowhere in a value.
    static boolean hasForbidden(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
    }

    /// What comes before the first `separator`, or the whole text.
    static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }

    /// What comes after the first `separator`, trimmed; empty when there is none.
    static String after(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? "" : trim(text.substring(at + 1));
    }

    /// Fields separated by runs of blanks; no field is empty.
    static String[] fields(String text) {
        String trimmed = trim(text);
        return trimmed.isEmpty() ? new String[0] : trimmed.split("[ \t]+");
    }

    /// The constant whose lower-case name is `text`.
    static <E extends Enum<E>> Optional<E> named(E[] values, String text) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
