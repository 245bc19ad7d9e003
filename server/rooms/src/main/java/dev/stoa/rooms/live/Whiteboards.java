package dev.stoa.rooms.live;

import dev.stoa.rooms.board.BoardOutbox;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.board.BoardRights;
import dev.stoa.rooms.board.BoardRoles;
import dev.stoa.rooms.board.BoardStore;
import dev.stoa.rooms.board.BoardValue;
import dev.stoa.rooms.ids.IdSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The whiteboard of a session, of which it has one: who opens, sees, changes and closes it.
///
/// Its owner's stream is what keeps it open (protocol sections 2.14, 10.4): clients say nothing when they close it.
/// What is on it stays until the session ends, and the next to open it finds it there.
final class Whiteboards {
    /// A reload or a blip of the owner's connection is no end.
    static final long GRACE_MS = 2_000;

    private static final int MAX_STREAMS = 1_000;
    private static final int MAX_STREAMS_OF_PEER = 4;

    private final Roster roster;
    private final Snapshots snapshots;
    private final IdSource ids;
    private @Nullable Whiteboard board;

    Whiteboards(Roster roster, Snapshots snapshots, IdSource ids) {
        this.roster = roster;
        this.snapshots = snapshots;
        this.ids = ids;
    }

    private BoardRights rights(Whiteboard board, Seat seat) {
        return BoardRoles.of(snapshots.template())
                .narrowed(board.readers, board.writers, board.admins)
                .of(seat.role.name());
    }

    /// Of two who ask at the same time both get the same board; one that is open stays its owner's.
    CommandResult create(Seat seat, PeerCommand.CreateBoard create) {
        if (!BoardRoles.of(snapshots.template()).of(seat.role.name()).admin()) {
            return Refusals.lacks(seat, "whiteboard.admin");
        }
        if (create.admins() != null && !create.admins().contains(seat.role.name())) {
            return new CommandResult.Refused(400, "admin leaves out the role of who makes the whiteboard");
        }
        Whiteboard made = board == null ? new Whiteboard(ids.objectId()) : board;
        board = made;
        if (made.state != Whiteboard.State.OPEN) {
            made.title = create.title();
            made.readers = create.readers();
            made.writers = create.writers();
            made.admins = create.admins();
            made.owned(seat);
        }
        return new CommandResult.BoardMade(made.id, made.ownerId);
    }

    /// Who may open a closed board becomes its owner by asking for it: that is all clients do before they open it.
    CommandResult get(Seat seat, String id) {
        Whiteboard known = board;
        if (known == null || !known.id.equals(id)) {
            return new CommandResult.Refused(404, "no such whiteboard in this session");
        }
        BoardRights rights = rights(known, seat);
        if (known.state == Whiteboard.State.CLOSED && rights.admin()) {
            known.owned(seat);
        }
        return new CommandResult.BoardAccess(
                new BoardPass(snapshots.room().id(), known.id, seat.peerId), known.ownerId, rights);
    }

    /// Whoever may open it may end it, not its owner alone.
    void close(Seat seat, String id, Consumer<CommandResult> reply) {
        Whiteboard known = board;
        if (known == null || !known.id.equals(id)) {
            reply.accept(new CommandResult.Refused(404, "no such whiteboard in this session"));
        } else if (!rights(known, seat).admin()) {
            reply.accept(Refusals.lacks(seat, "whiteboard.admin"));
        } else {
            reply.accept(new CommandResult.Done());
            if (known.state == Whiteboard.State.OPEN) {
                close(known);
            }
        }
    }

    BoardReply ask(long nowMs, BoardPass pass, BoardRequest request) {
        return switch (request) {
            case BoardRequest.Close(BoardOutbox outbox) -> {
                streamEnded(nowMs, outbox);
                yield new BoardReply.Done();
            }
            case BoardRequest.ByRight asked -> ask(nowMs, pass, asked);
        };
    }

    private BoardReply ask(long nowMs, BoardPass pass, BoardRequest.ByRight request) {
        Whiteboard known = board;
        Seat seat = roster.byPeer(pass.peerId());
        if (seat == null) {
            // Official clients know this text and try again.
            return refused(BoardRefusal.NOT_FOUND, "peer not found");
        }
        if (known == null || !known.id.equals(pass.boardId())) {
            return refused(BoardRefusal.NOT_FOUND, "no such whiteboard in this session");
        }
        BoardRights rights = rights(known, seat);
        if (!rights.read()) {
            return refused(BoardRefusal.NOT_ALLOWED, "the role may not see the whiteboard");
        }
        return switch (request) {
            case BoardRequest.Open open -> open(known, seat, rights, open);
            case BoardRequest.WhileOpen asked ->
                known.state == Whiteboard.State.OPEN
                        ? answer(nowMs, known, seat, rights, asked)
                        : refused(BoardRefusal.CLOSED, "the whiteboard is closed");
        };
    }

    private BoardReply answer(
            long nowMs, Whiteboard open, Seat seat, BoardRights rights, BoardRequest.WhileOpen request) {
        return switch (request) {
            case BoardRequest.Get(String key) -> new BoardReply.Found(key, open.store.get(key));
            case BoardRequest.Put(String key, BoardValue value) ->
                rights.write()
                        ? put(nowMs, open, seat, key, value)
                        : refused(BoardRefusal.NOT_ALLOWED, "the role may not draw on the whiteboard");
            case BoardRequest.Count() -> {
                long values = open.valuesSentTo(seat.peerId);
                yield values < 0 ? refused(BoardRefusal.NOT_FOUND, "peer not found") : new BoardReply.Counted(values);
            }
        };
    }

    private BoardReply open(Whiteboard known, Seat seat, BoardRights rights, BoardRequest.Open open) {
        boolean owner = known.ownerPeer.equals(seat.peerId) && rights.admin();
        if (!owner && known.state != Whiteboard.State.OPEN) {
            return refused(BoardRefusal.CLOSED, "the whiteboard is closed");
        }
        if (known.streams() >= MAX_STREAMS || known.streamsOf(seat.peerId) >= MAX_STREAMS_OF_PEER) {
            return refused(BoardRefusal.TOO_MUCH, "too many streams of the whiteboard");
        }
        known.add(seat.peerId, open.outbox(), open.select());
        if (owner) {
            known.closesAtMs = Long.MAX_VALUE;
            if (known.state != Whiteboard.State.OPEN) {
                known.state = Whiteboard.State.OPEN;
                tellAll(known);
            }
        }
        return new BoardReply.Done();
    }

    private BoardReply put(long nowMs, Whiteboard open, Seat seat, String key, @Nullable BoardValue value) {
        if (!seat.strokes.take(nowMs)) {
            return refused(BoardRefusal.TOO_MUCH, "too many changes of this peer; slow down and try again");
        }
        return switch (open.store.put(key, value, seat.peerId)) {
            case BoardStore.Change.Refused(BoardRefusal reason, String message) -> refused(reason, message);
            case BoardStore.Change.Made(var entry) -> {
                open.tellOthers(entry);
                yield new BoardReply.Done();
            }
        };
    }

    private static BoardReply refused(BoardRefusal reason, String message) {
        return new BoardReply.Refused(reason, message);
    }

    private void streamEnded(long nowMs, BoardOutbox outbox) {
        Whiteboard known = board;
        if (known == null) {
            return;
        }
        String peerId = known.remove(outbox);
        boolean last = known.ownerPeer.equals(peerId) && !known.isWatchedBy(known.ownerPeer);
        if (last && known.state == Whiteboard.State.OPEN) {
            known.closesAtMs = nowMs + GRACE_MS;
        }
    }

    private void close(Whiteboard open) {
        open.state = Whiteboard.State.CLOSED;
        open.closesAtMs = Long.MAX_VALUE;
        open.endStreams(BoardRefusal.CLOSED, "the whiteboard is closed");
        tellAll(open);
    }

    private void tellAll(Whiteboard changed) {
        PeerNotice notice = changed.notice();
        roster.all().forEach(seat -> seat.deliver(notice));
    }

    /// Somebody is new: nobody else tells it of an open board.
    void entered(Seat seat) {
        Whiteboard known = board;
        if (known != null && known.state == Whiteboard.State.OPEN) {
            seat.deliver(known.notice());
        }
    }

    /// Somebody is back, and may have missed the opening or the end.
    void tellAgain(Seat seat) {
        Whiteboard known = board;
        if (known != null && known.state != Whiteboard.State.MADE) {
            seat.deliver(known.notice());
        }
    }

    /// The peer, or its role, has other rights than before.
    void rightsChanged(Seat seat) {
        Whiteboard known = board;
        if (known == null) {
            return;
        }
        BoardRights rights = rights(known, seat);
        boolean open = known.state == Whiteboard.State.OPEN;
        if (open && known.ownerPeer.equals(seat.peerId) && !rights.admin()) {
            close(known);
        }
        if (!rights.read()) {
            known.endStreamsOf(seat.peerId, BoardRefusal.NOT_ALLOWED, "the role may not see the whiteboard");
        }
    }

    /// The template's lists have changed.
    void rightsChanged() {
        Whiteboard known = board;
        if (known == null) {
            return;
        }
        for (String peer : known.watchers()) {
            Seat seat = roster.byPeer(peer);
            if (seat != null) {
                rightsChanged(seat);
            }
        }
    }

    /// The peer has left the room; an owner takes its board along.
    void left(Seat seat) {
        Whiteboard known = board;
        if (known == null) {
            return;
        }
        known.endStreamsOf(seat.peerId, BoardRefusal.NOT_FOUND, "peer not found");
        if (known.state == Whiteboard.State.OPEN && known.ownerPeer.equals(seat.peerId)) {
            close(known);
        }
    }

    void clear() {
        if (board != null) {
            board.endStreams(BoardRefusal.NOT_FOUND, "the session is over");
        }
        board = null;
    }

    long nextDeadlineMs() {
        return board == null ? Long.MAX_VALUE : board.closesAtMs;
    }

    void handleTimeout(long nowMs) {
        Whiteboard known = board;
        if (known != null && known.closesAtMs <= nowMs) {
            close(known);
        }
    }
}
