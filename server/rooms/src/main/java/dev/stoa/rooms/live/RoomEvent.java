package dev.stoa.rooms.live;

import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;

/// What happened in a room and is worth keeping.
public sealed interface RoomEvent {
    String workspaceId();

    record SessionOpened(SessionRecord session) implements RoomEvent {
        @Override
        public String workspaceId() {
            return session.workspaceId();
        }
    }

    record PeerEntered(String workspaceId, PeerRecord peer) implements RoomEvent {}

    /// Another role, name or metadata.
    record PeerChanged(String workspaceId, PeerRecord peer) implements RoomEvent {}

    /// Somebody inside ended the room and locked it: it is to be disabled.
    record RoomLocked(String workspaceId, String roomId) implements RoomEvent {}

    /// @param peer with the time of leaving
    /// @param lost true: its connection broke and the grace period ended
    record PeerGone(String workspaceId, PeerRecord peer, boolean lost) implements RoomEvent {}

    /// @param session with the time of its end
    record SessionClosed(SessionRecord session) implements RoomEvent {
        @Override
        public String workspaceId() {
            return session.workspaceId();
        }
    }
}
