package dev.stoa.rooms.users;

import dev.stoa.rooms.input.Fields;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What addresses and passwords have to look like.
public final class UserRules {
    /// RFC 5321 §4.5.3.1.3, less the angle brackets.
    public static final int MAX_EMAIL = 254;

    public static final int MIN_PASSWORD = 12;

    /// Hashing takes whatever comes; nobody types more.
    public static final int MAX_PASSWORD = 256;

    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}.-]{1,189}");

    private UserRules() {}

    /// The address in lower case; null and a problem when it is none.
    public static @Nullable String email(Fields fields, String key) {
        String text = fields.text(key, MAX_EMAIL);
        if (text == null) {
            missing(fields, key);
            return null;
        }
        if (!EMAIL.matcher(text).matches()) {
            fields.problem(key, "must be an e-mail address");
            return null;
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// A password to be set; null and a problem when it will not do.
    public static @Nullable String newPassword(Fields fields, String key) {
        String text = fields.text(key, MAX_PASSWORD);
        if (text == null) {
            missing(fields, key);
            return null;
        }
        String problem = problem(text);
        if (problem != null) {
            fields.problem(key, problem);
            return null;
        }
        return text;
    }

    /// What is wrong with a new password; null = nothing.
    public static @Nullable String problem(String password) {
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            return "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters";
        }
        return password.chars().distinct().count() < 4 ? "must not be the same few characters over and over" : null;
    }

    /// A password as it was typed.
    public static @Nullable String password(Fields fields, String key) {
        String text = fields.text(key, MAX_PASSWORD);
        if (text == null) {
            missing(fields, key);
        }
        return text;
    }

    private static void missing(Fields fields, String key) {
        if (fields.isAbsent(key)) {
            fields.problem(key, "is missing");
        }
    }

    /// Null and a problem when the word is no role, or is missing.
    public static @Nullable UserRole role(Fields fields, String key) {
        String word = fields.word(key, UserRole.words());
        if (word == null) {
            missing(fields, key);
            return null;
        }
        return UserRole.of(word).orElse(null);
    }
}
