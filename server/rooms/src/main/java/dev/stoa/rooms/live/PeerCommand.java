package dev.stoa.rooms.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a peer asks of its room. Each one gets exactly one [CommandResult].
public sealed interface PeerCommand {
    /// @param offerSdp publish connection with a data channel only; null for a peer without media
    /// @param autoSubscribeVideo true: video may flow before it is asked for
    record Join(String name, String metadata, @Nullable String offerSdp, boolean autoSubscribeVideo)
            implements PeerCommand {}

    record Leave(String reason) implements PeerCommand {}

    /// @param tracks everything the peer publishes after this negotiation
    record Offer(
            String sdp, List<TrackInfo> tracks, @Nullable String nodeId) implements PeerCommand {}

    record Answer(String sdp, @Nullable String nodeId) implements PeerCommand {}

    record Trickle(IceCandidateText candidate) implements PeerCommand {}

    /// New mute states (and descriptions) of own tracks.
    record UpdateTracks(List<TrackInfo> tracks) implements PeerCommand {}

    /// @param roles recipients by role, empty = not restricted
    /// @param peerId one recipient, null = not a direct message
    record Broadcast(
            String type,
            String text,
            List<String> roles,
            @Nullable String peerId) implements PeerCommand {}

    /// @param layer `none`, `low`, `medium` or `high`
    record PreferVideo(String trackId, String layer) implements PeerCommand {}

    record PreferAudio(String trackId, boolean subscribed) implements PeerCommand {}

    /// What the client says of itself: failures, and how its media do. Taken before joining as well.
    ///
    /// @param event for example `publish.failed`
    /// @param info as it came
    /// @param agent the client's user agent, `""` when it told none
    record Report(String event, Map<String, Object> info, String agent) implements PeerCommand {}

    /// What peers do with each other rather than with their media; only for who has joined.
    sealed interface Interaction extends PeerCommand {}

    /// Null components stay as they are.
    record UpdateProfile(@Nullable String name, @Nullable String metadata) implements Interaction {}

    record JoinGroup(String group) implements Interaction {}

    record LeaveGroup(String group) implements Interaction {}

    record AddToGroup(String group, String peerId) implements Interaction {}

    record RemoveFromGroup(String group, String peerId) implements Interaction {}

    /// Asks a peer to mute or unmute one of its tracks.
    record RequestTrackMute(String peerId, String trackId, boolean mute) implements Interaction {}

    /// Asks all others with one of the roles to mute or unmute.
    ///
    /// @param type `audio` or `video`, null = both
    /// @param source null = all
    /// @param roles empty = all
    record RequestMute(
            boolean mute, @Nullable String type, @Nullable String source, List<String> roles) implements Interaction {}

    record RemovePeer(String peerId, String reason) implements Interaction {}

    /// @param lock true: nobody comes in again until the room is enabled
    record EndRoom(boolean lock, String reason) implements Interaction {}

    /// @param force false: the peer is asked first
    record ChangeRole(String peerId, String role, boolean force) implements Interaction {}

    /// Everybody with one of these roles gets another one, without being asked.
    record ChangeRoles(List<String> from, String role) implements Interaction {}

    /// Consent to a [ChangeRole] that asked first.
    record AcceptRole(String role, String token) implements Interaction {}

    record GetPeer(String peerId) implements Interaction {}

    /// @param role null = any
    /// @param group null = any
    /// @param peerIds empty = any
    /// @param limit most peers in one answer
    record FindPeers(@Nullable String role, @Nullable String group, List<String> peerIds, int limit)
            implements Interaction {}

    record NextPeers(String iterator, int limit) implements Interaction {}

    /// @param query part of a name; case does not matter
    record SearchNames(String query, int limit, int offset) implements Interaction {}

    /// @param data JSON text, null = delete the value
    /// @param ifVersion change only if this is the version of the value (0 = there is none); null = in any case
    record SetValue(
            String key, @Nullable String data, @Nullable Long ifVersion) implements Interaction {}

    /// Adds to a whole number without reading it first.
    record AddToValue(String key, long by) implements Interaction {}

    /// @param item JSON text
    record AppendToValue(String key, String item) implements Interaction {}

    /// From now on only these roles change the value.
    ///
    /// @param roles empty = everybody
    record ProtectValue(String key, List<String> roles) implements Interaction {}

    /// Changes of values in this session, oldest first, as far as they are kept.
    ///
    /// @param key null = all keys
    record ReadHistory(@Nullable String key, long afterVersion, int limit) implements Interaction {}

    record GetValue(String key) implements Interaction {}

    /// @param keys all keys observed from now on
    record Observe(List<String> keys) implements Interaction {}

    record OfPoll(PollCommand command) implements Interaction {}

    /// Makes the session's whiteboard. Lists of roles narrow what the template allows.
    ///
    /// @param readers null = as the template says; so the others
    record CreateBoard(
            String title,
            @Nullable List<String> readers,
            @Nullable List<String> writers,
            @Nullable List<String> admins) implements Interaction {}

    record GetBoard(String boardId) implements Interaction {}

    /// Ends the whiteboard for everybody now; official clients rather let their stream of it end.
    record CloseBoard(String boardId) implements Interaction {}
}
