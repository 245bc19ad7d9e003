package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.Voter;
import dev.stoa.rooms.template.Role;
import java.util.List;

/// Who may do what with polls. Writing includes reading; a poll may narrow who votes and who sees results.
final class PollRights {
    private PollRights() {}

    static boolean mayWrite(Seat seat) {
        return seat.role.permissions().pollWrite();
    }

    static boolean mayRead(Seat seat) {
        return mayRead(seat.role);
    }

    static boolean mayRead(Role role) {
        return role.permissions().pollRead() || role.permissions().pollWrite();
    }

    static boolean maySee(Seat seat, LivePoll poll) {
        return poll.state() == PollState.CREATED ? mayWrite(seat) : mayRead(seat);
    }

    static boolean mayVote(Seat seat, LivePoll poll) {
        return mayRead(seat) && isAmong(seat, poll.info().vote());
    }

    static boolean maySeeResults(Seat seat, LivePoll poll) {
        return mayRead(seat) && (isAmong(seat, poll.info().responses()) || poll.isBy(voter(seat)));
    }

    /// True when hidden answers are no secret: for who makes polls, and for everybody afterwards.
    static boolean mayKnowAnswers(Seat seat, LivePoll poll) {
        return mayWrite(seat) || poll.state() == PollState.STOPPED;
    }

    /// Clients ask for it when a poll ends and give up when they are refused; who may not see results gets how many
    /// took part.
    static PollTally tally(Seat seat, LivePoll poll) {
        return poll.tally(maySeeResults(seat, poll), mayKnowAnswers(seat, poll));
    }

    static Voter voter(Seat seat) {
        return new Voter(seat.peerId, seat.link.token.userId(), seat.name, seat.role.name());
    }

    private static boolean isAmong(Seat seat, List<String> roles) {
        return roles.isEmpty() || roles.contains(seat.role.name());
    }
}
