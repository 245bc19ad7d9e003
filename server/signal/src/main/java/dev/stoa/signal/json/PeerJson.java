package dev.stoa.signal.json;

import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.TrackInfo;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Peers and tracks as the protocol writes them (sections 3.3.1 to 3.3.3).
final class PeerJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PeerJson() {}

    /// Always the complete object: receivers delete a peer whose `realtime` is missing.
    static ObjectNode peer(PeerView peer) {
        ObjectNode node = sender(peer).put("realtime", true).put("joined_at", peer.joinedAtMs());
        node.set("tracks", tracks(peer.tracks()));
        return node;
    }

    static ObjectNode sender(PeerView peer) {
        ObjectNode node = NODES.objectNode().put("peer_id", peer.peerId()).put("role", peer.role());
        node.set("groups", texts(peer.groups()));
        node.putObject("info")
                .put("name", peer.name())
                .put("data", peer.metadata())
                .put("user_id", peer.userId())
                .put("type", "regular");
        return node;
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode node = NODES.arrayNode();
        texts.forEach(node::add);
        return node;
    }

    static ObjectNode tracks(List<TrackInfo> tracks) {
        ObjectNode node = NODES.objectNode();
        for (TrackInfo track : tracks) {
            node.putObject(track.trackId())
                    .put("type", track.type())
                    .put("source", track.source())
                    .put("description", track.description())
                    .put("mute", track.mute())
                    .put("track_id", track.trackId())
                    .put("stream_id", track.streamId());
        }
        return node;
    }
}
