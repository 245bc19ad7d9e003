package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;

/// The rooms with people inside, as the client protocol sees them. Thread-safe; calls may block (database).
public interface LiveRooms {
    /// May this token's holder come in? Asked before a connection is made, so that refusals are clear.
    Admission admit(AppToken token, String peerId);

    /// True while the peer is in a room, connected or within its grace period.
    boolean isSeated(String roomId, String peerId);

    /// Opens a connection for a peer, new or returning. On success the first notices
    /// ([PeerNotice.PolicyChanged] first) are delivered to `outbox` without being asked for.
    Connection connect(AppToken token, String peerId, PeerOutbox outbox);

    sealed interface Admission {
        record Admitted() implements Admission {}

        record Refused(int code, String message) implements Admission {}
    }

    sealed interface Connection {
        record Connected(PeerLink link) implements Connection {}

        record Refused(int code, String message) implements Connection {}
    }
}
