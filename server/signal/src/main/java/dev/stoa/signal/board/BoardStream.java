package dev.stoa.signal.board;

import dev.stoa.rooms.board.BoardEntry;
import dev.stoa.rooms.board.BoardOutbox;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Changes on their way to one listener: filled by the room's thread, emptied by the thread of the request.
final class BoardStream implements BoardOutbox {
    /// The whole board, and as many changes again while it is sent.
    private static final int CAPACITY = 2 * BoardStore.MAX_KEYS;
    private static final int LONGEST_RUN = 100;

    /// Empty = look whether it is over.
    private final BlockingQueue<Optional<BoardEntry>> queue = new LinkedBlockingQueue<>(CAPACITY);

    private volatile BoardReply.@Nullable Refused end;

    @Override
    public void deliver(BoardEntry entry) {
        if (end == null && !queue.offer(Optional.of(entry))) {
            end(BoardRefusal.TOO_MUCH, "this stream is read too slowly");
        }
    }

    @Override
    public void end(BoardRefusal reason, String message) {
        end = new BoardReply.Refused(reason, message);
        queue.clear();
        queue.offer(Optional.empty());
    }

    /// Blocks until the stream is over.
    ///
    /// @param patience after so long without a change a sign of life is sent
    /// @throws IOException the listener is gone
    BoardReply.Refused writeTo(OutputStream out, GrpcWeb format, Duration patience)
            throws IOException, InterruptedException {
        byte[] sign = format.messageFrame(StoreMessages.sign());
        List<Optional<BoardEntry>> run = new ArrayList<>();
        out.write(sign);
        while (true) {
            out.flush();
            Optional<BoardEntry> first = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                out.write(sign);
            } else {
                run.add(first);
                queue.drainTo(run, LONGEST_RUN);
            }
            BoardReply.Refused over = end;
            if (over != null) {
                return over;
            }
            for (Optional<BoardEntry> next : run) {
                if (next.isPresent()) {
                    out.write(format.messageFrame(StoreMessages.change(next.get())));
                }
            }
            run.clear();
        }
    }
}
