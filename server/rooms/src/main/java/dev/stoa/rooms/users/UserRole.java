package dev.stoa.rooms.users;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a user may do; each role may do what those before it may.
public enum UserRole {
    /// Looks at rooms, sessions and figures.
    READ_ONLY,
    /// Makes and changes rooms, room codes and polls, and acts in running rooms.
    MEMBER,
    /// Changes templates, webhooks, key pairs and users; reads the audit log.
    ADMIN,
    /// Makes and changes owners, too. There is always one.
    OWNER;

    /// As it is written everywhere: `read-only`, `member`, `admin`, `owner`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<UserRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(UserRole::word).toList();
    }

    public boolean includes(UserRole other) {
        return compareTo(other) >= 0;
    }
}
