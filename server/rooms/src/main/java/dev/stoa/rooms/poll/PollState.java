package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// `CREATED` is a draft; a stopped poll never starts again.
public enum PollState {
    CREATED("created"),
    STARTED("started"),
    STOPPED("stopped");

    private final String word;

    PollState(String word) {
        this.word = word;
    }

    /// The name on the wire.
    public String word() {
        return word;
    }

    /// Null when no constant has this name on the wire.
    public static @Nullable PollState of(String word) {
        for (PollState value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        return null;
    }
}
