package dev.stoa.rooms.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the holder of a [BoardPass] asks of a whiteboard.
public sealed interface BoardRequest {
    /// What takes a peer in the room whose role may see the board.
    sealed interface ByRight extends BoardRequest {}

    /// What only an open board answers.
    sealed interface WhileOpen extends ByRight {}

    /// Streams all values, those changed longest ago first, and then every change that others make.
    ///
    /// @param select keys of interest, empty = all
    record Open(BoardOutbox outbox, List<BoardSelector> select) implements ByRight {}

    /// The stream is over, whoever ended it.
    record Close(BoardOutbox outbox) implements BoardRequest {}

    record Get(String key) implements WhileOpen {}

    /// @param value null = delete
    record Put(String key, @Nullable BoardValue value) implements WhileOpen {}

    /// How many values the peer's newest stream was sent. Official clients take as many messages for the beginning of
    /// the board; the number of keys would be too small when somebody draws meanwhile, and they would never begin.
    record Count() implements WhileOpen {}
}
