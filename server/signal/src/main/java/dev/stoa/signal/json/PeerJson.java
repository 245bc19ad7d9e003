package dev.stoa.signal.json;

import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.TrackInfo;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/// Peers and tracks as the protocol writes them (sections 3.3.1 to 3.3.3).
///
/// Written straight to text: whoever joins gets the list of all others, so that a crowd of n costs n² / 2 of these.
final class PeerJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    static final int USUAL_LENGTH = 400;

    private PeerJson() {}

    static RawValue peer(PeerView peer) {
        return peer(peer, true);
    }

    /// @param realtime false: the receiver is to forget the peer
    static RawValue peer(PeerView peer, boolean realtime) {
        return text(USUAL_LENGTH, out -> peer(out, peer, realtime));
    }

    /// By id.
    static void peers(JsonGenerator out, List<PeerView> peers) {
        out.writeStartObject();
        for (PeerView peer : peers) {
            out.writeName(peer.peerId());
            peer(out, peer, true);
        }
        out.writeEndObject();
    }

    /// By id.
    static RawValue peers(List<PeerView> peers) {
        return text(USUAL_LENGTH * (1 + peers.size()), out -> peers(out, peers));
    }

    /// Of a message; shorter than a peer.
    static RawValue sender(PeerView peer) {
        return text(USUAL_LENGTH, out -> {
            out.writeStartObject();
            identity(out, peer);
            out.writeEndObject();
        });
    }

    /// By id.
    static RawValue tracks(List<TrackInfo> tracks) {
        return text(USUAL_LENGTH, out -> tracks(out, tracks));
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        texts.forEach(node::add);
        return node;
    }

    private static RawValue text(int length, Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter(length);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            content.accept(out);
        }
        return new RawValue(text.toString());
    }

    /// Always the complete object: receivers delete a peer whose `realtime` is missing.
    private static void peer(JsonGenerator out, PeerView peer, boolean realtime) {
        out.writeStartObject();
        identity(out, peer);
        out.writeBooleanProperty("realtime", realtime);
        out.writeNumberProperty("joined_at", peer.joinedAtMs());
        out.writeName("tracks");
        tracks(out, peer.tracks());
        out.writeEndObject();
    }

    private static void identity(JsonGenerator out, PeerView peer) {
        out.writeStringProperty("peer_id", peer.peerId());
        out.writeStringProperty("role", peer.role());
        out.writeName("groups");
        out.writeStartArray();
        peer.groups().forEach(out::writeString);
        out.writeEndArray();
        out.writeName("info");
        out.writeStartObject();
        out.writeStringProperty("name", peer.name());
        out.writeStringProperty("data", peer.metadata());
        out.writeStringProperty("user_id", peer.userId());
        out.writeStringProperty("type", "regular");
        out.writeEndObject();
    }

    private static void tracks(JsonGenerator out, List<TrackInfo> tracks) {
        out.writeStartObject();
        for (TrackInfo track : tracks) {
            out.writeName(track.trackId());
            out.writeStartObject();
            out.writeStringProperty("type", track.type());
            out.writeStringProperty("source", track.source());
            out.writeStringProperty("description", track.description());
            out.writeBooleanProperty("mute", track.mute());
            out.writeStringProperty("track_id", track.trackId());
            out.writeStringProperty("stream_id", track.streamId());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
