package dev.stoa.rooms.board;

import org.jspecify.annotations.Nullable;

/// The outcome of one [BoardRequest].
public sealed interface BoardReply {
    record Done() implements BoardReply {}

    /// @param value null = the key has none
    record Found(String key, @Nullable BoardValue value) implements BoardReply {}

    record Counted(long values) implements BoardReply {}

    /// @param message safe to show
    record Refused(BoardRefusal reason, String message) implements BoardReply {}
}
