package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.template.Role;
import java.util.List;
import java.util.function.Consumer;

/// What people do together in a session beside talking, told of everything that happens to peers meanwhile.
final class Activities {
    private final Polls polls;
    private final Whiteboards boards;

    Activities(Roster roster, Snapshots snapshots, SessionKeeper session, IdSource ids) {
        this.boards = new Whiteboards(roster, snapshots, ids);
        this.polls = new Polls(roster, session, ids);
    }

    Whiteboards boards() {
        return boards;
    }

    void handle(long nowMs, Seat seat, PollCommand command, Consumer<CommandResult> reply) {
        polls.handle(nowMs, seat, command, reply);
    }

    void link(long nowMs, List<PollDefinition> definitions) {
        polls.link(nowMs, definitions);
    }

    /// A new peer is told what goes on: the list of peers says nothing of it.
    void entered(long nowMs, Seat seat) {
        polls.entered(nowMs, seat);
        boards.entered(seat);
    }

    /// What a peer that has come back on a new connection missed.
    void tellAgain(Seat seat) {
        polls.tellRunning(seat);
        boards.tellAgain(seat);
    }

    void roleChanged(Seat seat, Role old) {
        polls.roleChanged(seat, PollRights.mayRead(old));
        boards.rightsChanged(seat);
    }

    /// The peer has no seat any more.
    void left(Seat seat) {
        boards.left(seat);
    }

    /// The last peer is about to go.
    void sessionEnds(long nowMs) {
        polls.sessionEnds(nowMs);
    }

    void sessionOver() {
        polls.clear();
        boards.clear();
    }

    /// When [#handleTimeout] should be called, `Long.MAX_VALUE` = never.
    long nextDeadlineMs() {
        return Math.min(polls.nextDeadlineMs(), boards.nextDeadlineMs());
    }

    void handleTimeout(long nowMs) {
        polls.handleTimeout(nowMs);
        boards.handleTimeout(nowMs);
    }
}
