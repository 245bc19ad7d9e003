package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// How a question is answered.
public enum QuestionType {
    SINGLE_CHOICE("single-choice"),
    MULTIPLE_CHOICE("multiple-choice"),
    SHORT_ANSWER("short-answer"),
    LONG_ANSWER("long-answer");

    private final String word;

    QuestionType(String word) {
        this.word = word;
    }

    /// True when one chooses among options rather than writing.
    public boolean isChoice() {
        return this == SINGLE_CHOICE || this == MULTIPLE_CHOICE;
    }

    /// The name on the wire.
    public String word() {
        return word;
    }

    /// Null when no constant has this name on the wire.
    public static @Nullable QuestionType of(String word) {
        for (QuestionType value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        return null;
    }
}
