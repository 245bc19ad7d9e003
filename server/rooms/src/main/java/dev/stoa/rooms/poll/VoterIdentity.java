package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// What tells voters apart: each may vote once.
public enum VoterIdentity {
    USERID("userid"),
    PEERID("peerid"),
    USERNAME("username");

    private final String word;

    VoterIdentity(String word) {
        this.word = word;
    }

    /// The name on the wire.
    public String word() {
        return word;
    }

    /// Null when no constant has this name on the wire.
    public static @Nullable VoterIdentity of(String word) {
        for (VoterIdentity value : values()) {
            if (value.word.equals(word)) {
                return value;
            }
        }
        return null;
    }
}
