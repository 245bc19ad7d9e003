package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.statistics.PeerStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    record PeerGone(String workspaceId, PeerRecord peer, boolean lost, Departure departure) implements RoomEvent {}

    /// Follows the [PeerChanged] of the same change.
    ///
    /// @param requestedBy peer id of who asked for it, null = a backend
    record RoleChanged(
            String workspaceId,
            PeerRecord peer,
            String previousRole,
            @Nullable String requestedBy) implements RoomEvent {}

    /// A role could not be given.
    ///
    /// @param requestedBy peer id of who asked for it, null = a backend
    record RoleRefused(
            String workspaceId,
            PeerRecord peer,
            String wantedRole,
            @Nullable String requestedBy,
            String message) implements RoomEvent {}

    /// Somebody ended the session for everybody; departures follow.
    ///
    /// @param by null = a backend
    record RoomEnded(String workspaceId, @Nullable PeerRecord by, boolean lock, String reason) implements RoomEvent {}

    /// A backend wanted to end a session that does not run.
    record EndRefused(String workspaceId, boolean lock, String reason, String message) implements RoomEvent {}

    /// Somebody with a valid token was not let in.
    record JoinRefused(String workspaceId, Visitor visitor, String message) implements RoomEvent {}

    /// Somebody left who had never joined.
    record LeaveRefused(String workspaceId, Visitor visitor, String message) implements RoomEvent {}

    /// Kept for the record of a session; changes nothing by itself.
    sealed interface Note extends RoomEvent {}

    /// What happened to a track.
    enum TrackChange {
        ADDED,
        /// Muted or unmuted.
        UPDATED,
        REMOVED
    }

    /// @param startedAt when the track was first published
    record TrackNoted(String workspaceId, PeerRecord peer, TrackChange change, TrackInfo track, Instant startedAt)
            implements Note {}

    /// Somebody asked others to mute or unmute.
    ///
    /// @param peerId null = several
    /// @param trackId null = several
    /// @param type null = both
    /// @param source null = all
    /// @param roles empty = all
    record MuteAsked(
            String workspaceId,
            PeerRecord by,
            @Nullable String peerId,
            @Nullable String trackId,
            boolean mute,
            @Nullable String type,
            @Nullable String source,
            List<String> roles)
            implements Note {}

    /// What a client told of itself over its connection.
    ///
    /// @param visitor whose connection it is
    /// @param type as the API shows it, for example `client.publish.failed`
    /// @param details known fields of bounded length; the client's word
    record ClientReported(String workspaceId, Visitor visitor, String type, Map<String, Object> details)
            implements Note {}

    /// How many messages were sent in a session, at its end.
    record MessagesCounted(String workspaceId, long messages) implements Note {}

    /// Figures about a session that runs; no news to anybody.
    sealed interface Figures extends RoomEvent {}

    /// How the media of a peer did for some time.
    record Measured(String workspaceId, PeerStatistics statistics) implements Figures {}

    /// Messages sent in a session so far.
    record MessagesSaid(String workspaceId, String sessionId, long messages) implements Figures {}

    record PollChanged(String workspaceId, PollRecord poll) implements RoomEvent {}

    /// @param session with the time of its end
    record SessionClosed(SessionRecord session) implements RoomEvent {
        @Override
        public String workspaceId() {
            return session.workspaceId();
        }
    }
}
