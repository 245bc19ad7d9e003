package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// A poll asks for opinions, a quiz has right answers: they count once and give points.
public enum PollType {
    POLL("poll"),
    QUIZ("quiz");

    private final String word;

    PollType(String word) {
        this.word = word;
    }

    /// The name on the wire.
    public String word() {
        return word;
    }

    /// Null when no constant has this name on the wire.
    public static @Nullable PollType of(String word) {
        for (PollType value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        return null;
    }
}
