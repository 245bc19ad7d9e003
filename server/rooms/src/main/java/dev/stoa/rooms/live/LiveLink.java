package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.template.Role;
import org.jspecify.annotations.Nullable;

/// One connection of one peer, in preview or joined. Made by [LiveRoom#connect]; used on the room's thread only.
public final class LiveLink {
    private static final int REPORTS_PER_SECOND = 1;
    private static final int REPORTS_AT_ONCE = 30;

    final AppToken token;
    final String peerId;
    final PeerOutbox outbox;
    /// The role of the token as the template defines it now; that of a seat is in [Seat].
    Role role;

    @Nullable
    Seat seat;

    State state = State.OPEN;
    /// What the client may say of itself.
    final RateLimit reports;

    /// `REPLACED`: a newer connection of the same peer took over. `LEFT`: the peer is gone.
    enum State {
        OPEN,
        LOST,
        REPLACED,
        LEFT
    }

    LiveLink(AppToken token, String peerId, PeerOutbox outbox, Role role, long nowMs) {
        this.token = token;
        this.peerId = peerId;
        this.outbox = outbox;
        this.role = role;
        this.reports = new RateLimit(REPORTS_PER_SECOND, REPORTS_AT_ONCE, nowMs);
    }

    public String peerId() {
        return peerId;
    }

    void deliver(PeerNotice notice) {
        if (state == State.OPEN) {
            outbox.deliver(notice);
        }
    }

    void close(State how) {
        boolean open = state == State.OPEN;
        state = how;
        if (open) {
            outbox.close();
        }
    }
}
