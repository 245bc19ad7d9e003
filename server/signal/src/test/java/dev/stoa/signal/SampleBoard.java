package dev.stoa.signal;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import dev.stoa.signal.json.ResultWriter;

/// The whiteboard of the samples.
final class SampleBoard {
    static final BoardPass PASS = new BoardPass("room-1", "wb-1", "p-1");

    static final ResultWriter.BoardDoor DOOR = new ResultWriter.BoardDoor() {
        @Override
        public String address() {
            return "board.example.org";
        }

        @Override
        public String token(BoardPass pass, BoardRights rights) {
            return "eyJ.eyJ.sig";
        }
    };

    private SampleBoard() {}
}
