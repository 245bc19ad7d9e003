package dev.stoa.rooms.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a room tells one peer without being asked. `signal` writes each as one message of the protocol.
public sealed interface PeerNotice {
    record PolicyChanged(PolicyView policy) implements PeerNotice {}

    record RoomInfo(RoomView room) implements PeerNotice {}

    record SessionInfo(RoomView room, int peerCount, int trackCount) implements PeerNotice {}

    /// Preview snapshot.
    ///
    /// @param peers null = the receiver may only know the count
    record RoomState(RoomView room, int peerCount, @Nullable List<PeerView> peers) implements PeerNotice {}

    /// @param peers without the receiver
    record PeerList(RoomView room, List<PeerView> peers) implements PeerNotice {}

    record NodeInfo(String nodeId) implements PeerNotice {}

    /// Terminal for the receiver.
    record Failed(int code, String message) implements PeerNotice {}

    record PeerJoined(PeerView peer) implements PeerNotice {}

    record PeerLeft(PeerView peer) implements PeerNotice {}

    record PeerUpdated(PeerView peer) implements PeerNotice {}

    /// The peer is still inside, but the receiver is told of it only when it asks.
    record PeerHidden(PeerView peer) implements PeerNotice {}

    record TracksAdded(PeerView peer, List<TrackInfo> tracks) implements PeerNotice {}

    record TracksUpdated(PeerView peer, List<TrackInfo> tracks) implements PeerNotice {}

    record TracksRemoved(PeerView peer, List<TrackInfo> tracks) implements PeerNotice {}

    record MessageReceived(Message message) implements PeerNotice {}

    record Speakers(List<Speaker> speakers) implements PeerNotice {}

    /// @param level 1..100
    record Speaker(String peerId, String trackId, int level) {}

    /// The server itself changed what the receiver gets of a video; never the answer to a request.
    ///
    /// @param current what it gets now
    /// @param expected what it would get if neither side was degraded
    /// @param subscriberDegraded the receiver's connection carries no more
    /// @param publisherDegraded the publisher sends no more
    record LayerChanged(
            String trackId,
            MediaControl.VideoPreference current,
            MediaControl.VideoPreference expected,
            boolean subscriberDegraded,
            boolean publisherDegraded)
            implements PeerNotice {}

    record LeaveRequested(@Nullable String requestedBy, String reason, boolean roomEnd) implements PeerNotice {}

    /// Offer of the subscribe connection; at most one is unanswered.
    record SubscribeOffer(String sdp, String nodeId) implements PeerNotice {}

    /// Somebody offers the receiver another role.
    ///
    /// @param token comes back in [PeerCommand.AcceptRole]
    record RoleOffered(String requestedBy, String role, String token) implements PeerNotice {}

    record TrackMuteRequested(String requestedBy, String trackId, String streamId, boolean mute)
            implements PeerNotice {}

    /// Components as in [PeerCommand.RequestMute].
    record MuteRequested(
            String requestedBy,
            boolean mute,
            @Nullable String type,
            @Nullable String source,
            List<String> roles) implements PeerNotice {}

    record ValuesChanged(List<StoredValue> values) implements PeerNotice {}

    record OfPoll(PollNotice notice) implements PeerNotice {}

    /// @param owner user id of the peer that opened it, its peer id when it has none
    record BoardChanged(String boardId, String title, String owner, boolean open) implements PeerNotice {}
}
