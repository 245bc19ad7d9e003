package dev.stoa.rooms.live;

import java.util.List;
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
}
