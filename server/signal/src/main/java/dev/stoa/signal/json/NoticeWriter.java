package dev.stoa.signal.json;

import dev.stoa.rooms.live.MediaControl;
import dev.stoa.rooms.live.Message;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.PolicyView;
import dev.stoa.rooms.live.PollNotice;
import dev.stoa.rooms.live.RoomView;
import dev.stoa.rooms.live.StoredValue;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollView;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.RoleDefaults;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Writes each notice as one message of the protocol.
public final class NoticeWriter {
    private final JsonMapper json;

    public NoticeWriter(JsonMapper json) {
        this.json = json;
    }

    /// As UTF-8. Half a character (RFC 8259 §8.2) becomes a question mark.
    public byte[] bytes(PeerNotice notice) {
        return notice instanceof PeerNotice.PeerList list
                ? peerList(list)
                : write(notice).getBytes(StandardCharsets.UTF_8);
    }

    public String write(PeerNotice notice) {
        return switch (notice) {
            case PeerNotice.PolicyChanged(PolicyView policy) -> message("on-policy-change", policy(policy));
            case PeerNotice.RoomInfo(RoomView room) -> message("room-info", roomInfo(room));
            case PeerNotice.SessionInfo info -> message("session-info", sessionInfo(info));
            case PeerNotice.RoomState state -> message("room-state", roomState(state));
            case PeerNotice.PeerList list -> new String(peerList(list), StandardCharsets.UTF_8);
            case PeerNotice.NodeInfo(String node) ->
                message("node-info", json.createObjectNode().put("sfu_node_id", node));
            case PeerNotice.Failed(int code, String text) ->
                message("on-error", json.createObjectNode().put("code", code).put("message", text));
            case PeerNotice.PeerJoined(PeerView peer) -> message("on-peer-join", PeerJson.peer(peer));
            case PeerNotice.PeerLeft(PeerView peer) -> message("on-peer-leave", PeerJson.peer(peer));
            case PeerNotice.PeerUpdated(PeerView peer) -> message("on-peer-update", PeerJson.peer(peer));
            case PeerNotice.PeerHidden(PeerView peer) -> message("on-peer-update", PeerJson.peer(peer, false));
            case PeerNotice.TracksAdded added -> message("on-track-add", trackChange(added.peer(), added.tracks()));
            case PeerNotice.TracksUpdated updated ->
                message("on-track-update", trackChange(updated.peer(), updated.tracks()));
            case PeerNotice.TracksRemoved removed ->
                message("on-track-remove", trackChange(removed.peer(), removed.tracks()));
            case PeerNotice.MessageReceived(Message text) -> message("on-broadcast", broadcast(text));
            case PeerNotice.Speakers(List<PeerNotice.Speaker> list) -> message("active-speakers", speakers(list));
            case PeerNotice.LayerChanged change -> message("on-track-layer-update", layerChange(change));
            case PeerNotice.LeaveRequested request -> message("on-peer-leave-request", leave(request));
            case PeerNotice.RoleOffered offer -> message("on-role-change-request", roleOffer(offer));
            case PeerNotice.TrackMuteRequested request -> message("on-track-update-request", trackMute(request));
            case PeerNotice.MuteRequested request -> message("on-change-track-mute-state-request", mute(request));
            case PeerNotice.ValuesChanged(List<StoredValue> values) -> message("on-metadata-change", values(values));
            case PeerNotice.OfPoll(PollNotice poll) -> poll(poll);
            case PeerNotice.BoardChanged board -> message("on-whiteboard-update", board(board));
            case PeerNotice.SubscribeOffer(String sdp, String node) ->
                message(
                        "offer",
                        json.createObjectNode()
                                .put("type", "offer")
                                .put("sdp", sdp)
                                .put("sfu_node_id", node));
        };
    }

    private ObjectNode board(PeerNotice.BoardChanged board) {
        ObjectNode node = json.createObjectNode()
                .put("id", board.boardId())
                .put("title", board.title())
                .put("owner", board.owner())
                .put("state", board.open() ? "open" : "closed");
        node.putArray("attributes");
        return node;
    }

    private String poll(PollNotice notice) {
        return switch (notice) {
            case PollNotice.Started(PollView poll) -> polls("on-poll-start", PollJson.poll(json, poll));
            case PollNotice.Stopped(PollView poll) -> polls("on-poll-stop", PollJson.poll(json, poll));
            case PollNotice.Stats(PollTally tally) -> polls("on-poll-stats", PollJson.tally(json, tally));
        };
    }

    private String polls(String method, ObjectNode poll) {
        ObjectNode node = json.createObjectNode();
        node.putArray("polls").add(poll);
        return message(method, node);
    }

    private String message(String method, ObjectNode params) {
        return call(method).set("params", params).toString();
    }

    private String message(String method, RawValue params) {
        return call(method).putRawValue("params", params).toString();
    }

    private ObjectNode call(String method) {
        return json.createObjectNode().put("jsonrpc", "2.0").put("method", method);
    }

    private ObjectNode policy(PolicyView policy) {
        ObjectNode node = json.createObjectNode().put("name", policy.role()).put("template_id", policy.templateId());
        ObjectNode roles = node.putObject("known_roles");
        policy.roles().forEach((name, role) -> roles.set(name, role(role)));
        node.set("plugins", json.valueToTree(policy.plugins()));
        node.putObject("app_data");
        return node;
    }

    /// Web clients read the picture size of a role also when it may not show any, for what they still have of a peer;
    /// without it they fail and keep the old role.
    private ObjectNode role(Role role) {
        ObjectNode node = json.valueToTree(role);
        if (node.path("publishParams") instanceof ObjectNode publish) {
            if (!publish.has("video")) {
                publish.set("video", json.valueToTree(RoleDefaults.VIDEO));
            }
            if (!publish.has("screen")) {
                publish.set("screen", json.valueToTree(RoleDefaults.SCREEN));
            }
        }
        return node;
    }

    private ObjectNode roomInfo(RoomView room) {
        return json.createObjectNode()
                .put("room_id", room.roomId())
                .put("name", room.name())
                .put("description", room.description())
                .put("max_size", room.maxSize())
                .put("large_room_optimization", room.largeRoom());
    }

    private ObjectNode sessionInfo(PeerNotice.SessionInfo info) {
        return json.createObjectNode()
                .put("session_id", info.room().sessionId())
                .put("room_id", info.room().roomId())
                .put("peer_count", info.peerCount())
                .put("track_count", info.trackCount());
    }

    private ObjectNode roomState(PeerNotice.RoomState state) {
        ObjectNode node = json.createObjectNode().put("peer_count", state.peerCount());
        node.set("room", room(state.room()));
        List<PeerView> peers = state.peers();
        if (peers != null) {
            node.putRawValue("peers", PeerJson.peers(peers));
        }
        return node;
    }

    /// By far the longest message, and everybody who joins gets one of his own: bytes at once, without texts between.
    /// Through a writer, which makes a question mark of half a character where Jackson's own UTF-8 would fail.
    private byte[] peerList(PeerNotice.PeerList list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                PeerJson.USUAL_LENGTH * (2 + list.peers().size()));
        Writer text = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringProperty("jsonrpc", "2.0");
            out.writeStringProperty("method", "peer-list");
            out.writeName("params");
            out.writeStartObject();
            out.writeName("peers");
            PeerJson.peers(out, list.peers());
            out.writeName("room");
            out.writeTree(room(list.room()));
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /// The room's outputs are all off: clients read `state` and `enabled` and want the objects to be there.
    private ObjectNode room(RoomView room) {
        ObjectNode node = json.createObjectNode()
                .put("name", room.name())
                .put("session_id", room.sessionId())
                .put("started_at", room.startedAtMs());
        ObjectNode recording = node.putObject("recording");
        for (String kind : List.of("sfu", "browser", "hls")) {
            recording.putObject(kind).put("enabled", false).put("state", "none");
        }
        ObjectNode streaming = node.putObject("streaming").put("enabled", false);
        streaming.putObject("rtmp").put("enabled", false).put("state", "none");
        streaming.putObject("hls").put("enabled", false).putArray("variants");
        node.putArray("transcriptions");
        return node;
    }

    private ObjectNode trackChange(PeerView peer, List<TrackInfo> tracks) {
        ObjectNode node = json.createObjectNode();
        node.putRawValue("tracks", PeerJson.tracks(tracks));
        node.putRawValue("peer", PeerJson.peer(peer));
        return node;
    }

    private ObjectNode broadcast(Message text) {
        ObjectNode node = json.createObjectNode()
                .put("message_id", text.messageId())
                .put("timestamp", text.timestampMs())
                .put("private", text.direct());
        node.putObject("info").put("message", text.text()).put("type", text.type());
        if (!text.roles().isEmpty()) {
            node.set("roles", PeerJson.texts(text.roles()));
        }
        PeerView peer = text.sender();
        if (peer != null) {
            node.putRawValue("peer", PeerJson.sender(peer));
        }
        return node;
    }

    private ObjectNode speakers(List<PeerNotice.Speaker> list) {
        ObjectNode node = json.createObjectNode();
        ArrayNode speakers = node.putArray("speaker-list");
        for (PeerNotice.Speaker speaker : list) {
            speakers.addObject()
                    .put("peer_id", speaker.peerId())
                    .put("track_id", speaker.trackId())
                    .put("level", speaker.level());
        }
        return node;
    }

    private ObjectNode layerChange(PeerNotice.LayerChanged change) {
        ObjectNode node = json.createObjectNode();
        node.putObject("tracks")
                .putObject(change.trackId())
                .put("track_id", change.trackId())
                .put("current_layer", layer(change.current()))
                .put("expected_layer", layer(change.expected()))
                .put("subscriber_degraded", change.subscriberDegraded())
                .put("publisher_degraded", change.publisherDegraded());
        return node;
    }

    private static String layer(MediaControl.VideoPreference layer) {
        return switch (layer) {
            case NONE -> "none";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
        };
    }

    private ObjectNode leave(PeerNotice.LeaveRequested request) {
        ObjectNode node = json.createObjectNode();
        String by = request.requestedBy();
        if (by != null) {
            node.put("requested_by", by);
        }
        return node.put("reason", request.reason()).put("room_end", request.roomEnd());
    }

    private ObjectNode roleOffer(PeerNotice.RoleOffered offer) {
        return json.createObjectNode()
                .put("requested_by", offer.requestedBy())
                .put("role", offer.role())
                .put("token", offer.token());
    }

    private ObjectNode trackMute(PeerNotice.TrackMuteRequested request) {
        return json.createObjectNode()
                .put("requested_by", request.requestedBy())
                .put("track_id", request.trackId())
                .put("stream_id", request.streamId())
                .put("mute", request.mute());
    }

    private ObjectNode mute(PeerNotice.MuteRequested request) {
        ObjectNode node = json.createObjectNode()
                .put("requested_by", request.requestedBy())
                .put("value", request.mute());
        String type = request.type();
        if (type != null) {
            node.put("type", type);
        }
        String source = request.source();
        if (source != null) {
            node.put("source", source);
        }
        if (!request.roles().isEmpty()) {
            node.set("roles", PeerJson.texts(request.roles()));
        }
        return node;
    }

    private ObjectNode values(List<StoredValue> values) {
        ObjectNode node = json.createObjectNode();
        ArrayNode list = node.putArray("values");
        values.forEach(value -> list.add(StoredValueJson.write(json, value)));
        return node;
    }
}
