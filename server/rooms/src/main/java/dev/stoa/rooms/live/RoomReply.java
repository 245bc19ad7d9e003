package dev.stoa.rooms.live;

import dev.stoa.rooms.statistics.PeerStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outcome of one [RoomRequest].
public sealed interface RoomReply {
    record Done() implements RoomReply {}

    record RunningRoom(RoomView room, List<String> peerIds) implements RoomReply {}

    /// Without tracks.
    record Peers(List<PeerView> peers) implements RoomReply {}

    /// @param startedAtMs when each track of the peer was first published, by track id; Unix epoch milliseconds
    record Peer(PeerView peer, Map<String, Long> startedAtMs) implements RoomReply {}

    /// @param recent empty: nothing that is not kept already
    record Statistics(Optional<PeerStatistics> recent) implements RoomReply {}

    record Values(List<StoredValue> values) implements RoomReply {}

    /// @param code 400 against a limit, 404 nobody or nothing of this name, 409 the state is another, 503 the room does
    /// not answer now
    /// @param message safe to show
    record Refused(int code, String message) implements RoomReply {}
}
