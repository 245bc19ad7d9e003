package dev.stoa.rooms.live;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;

/// The whiteboards of running rooms, as their store protocol sees them. Thread-safe.
public interface LiveBoards {
    /// Blocks until the room has answered, at most for some seconds; a [BoardRequest.Close] does not wait.
    BoardReply ask(BoardPass pass, BoardRequest request);
}
