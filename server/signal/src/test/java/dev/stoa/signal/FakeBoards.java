package dev.stoa.signal;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.live.LiveBoards;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// Boards that remember what they are asked and answer as told.
final class FakeBoards implements LiveBoards {
    final BlockingQueue<BoardRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<BoardPass> passes = new LinkedBlockingQueue<>();
    volatile Function<BoardRequest, BoardReply> answer = request -> new BoardReply.Done();

    @Override
    public BoardReply ask(BoardPass pass, BoardRequest request) {
        passes.add(pass);
        requests.add(request);
        return answer.apply(request);
    }
}
