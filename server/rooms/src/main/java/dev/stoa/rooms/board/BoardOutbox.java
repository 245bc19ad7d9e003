package dev.stoa.rooms.board;

/// A stream of changes to one peer, implemented by the transport. Called on the room's thread, in order; must not
/// block. One that cannot keep up ends itself and says so by [BoardRequest.Close].
public interface BoardOutbox {
    void deliver(BoardEntry entry);

    /// Nothing more comes.
    void end(BoardRefusal reason, String message);
}
