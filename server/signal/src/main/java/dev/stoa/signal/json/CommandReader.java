package dev.stoa.signal.json;

import dev.stoa.rooms.live.IceCandidateText;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.TrackInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns method and params into a command of the room.
public final class CommandReader {
    private static final int MAX_SDP = 256 * 1024;
    private static final int MAX_ID = 256;
    private static final int MAX_NAME = 512;
    private static final int MAX_METADATA = 16 * 1024;
    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_TRACKS = 64;
    private static final int MAX_ROLES = 100;
    private static final Set<String> LAYERS = Set.of("none", "low", "medium", "high");

    /// Methods of the protocol whose features this server lacks.
    private static final Set<String> LATER = Set.of(
            "hls-start",
            "hls-stop",
            "hls-timed-metadata",
            "rtmp-start",
            "rtmp-stop",
            "transcription-start",
            "transcription-stop",
            "transcription-config-update");

    private CommandReader() {}

    public sealed interface Result {
        record Understood(PeerCommand command) implements Result {}

        /// @param reason what is wrong, safe to show to the client
        record Invalid(String reason) implements Result {}

        record UnknownMethod() implements Result {}

        /// A method of the protocol that this server does not offer.
        record NotYet() implements Result {}
    }

    /// Requests and notifications of the web socket.
    public static Result socket(String method, JsonNode params) {
        Fields fields = new Fields(params);
        return switch (method) {
            case "join" -> finish(fields, join(fields));
            case "leave" -> finish(fields, new PeerCommand.Leave(fields.textOr("client_reason", MAX_NAME, "")));
            case "offer" -> finish(fields, offer(fields));
            case "answer" -> finish(fields, answer(fields));
            case "trickle" -> finish(fields, trickle(fields));
            case "track-update" -> finish(fields, new PeerCommand.UpdateTracks(tracks(fields)));
            case "broadcast" -> finish(fields, broadcast(fields));
            default -> interaction(method, fields);
        };
    }

    private static Result interaction(String method, Fields fields) {
        PeerCommand command = InteractionReader.read(method, fields);
        if (command != null) {
            return finish(fields, command);
        }
        return LATER.contains(method) ? new Result.NotYet() : new Result.UnknownMethod();
    }

    /// Requests of the media data channel (`ion-sfu`).
    public static Result channel(String method, JsonNode params) {
        Fields fields = new Fields(params);
        return switch (method) {
            case "prefer-video-track-state" -> finish(fields, preferVideo(fields));
            case "prefer-audio-track-state" ->
                finish(fields, new PeerCommand.PreferAudio(fields.text("track_id", MAX_ID), fields.flag("subscribed")));
            default -> new Result.UnknownMethod();
        };
    }

    private static Result finish(Fields fields, PeerCommand command) {
        String problem = fields.problem();
        return problem == null ? new Result.Understood(command) : new Result.Invalid(problem);
    }

    private static PeerCommand join(Fields fields) {
        return new PeerCommand.Join(
                fields.text("name", MAX_NAME),
                fields.textOr("data", MAX_METADATA, ""),
                fields.has("offer") ? description(fields, "offer", "offer") : null,
                !fields.flagOr("disableVidAutoSub", true));
    }

    private static PeerCommand offer(Fields fields) {
        return new PeerCommand.Offer(
                description(fields, "desc", "offer"), tracks(fields), fields.optionalText("sfu_node_id", MAX_ID));
    }

    private static PeerCommand answer(Fields fields) {
        return new PeerCommand.Answer(
                description(fields, "desc", "answer"), fields.optionalText("sfu_node_id", MAX_ID));
    }

    private static String description(Fields fields, String name, String type) {
        Fields description = fields.object(name);
        String sdp = description.text("sdp", MAX_SDP);
        if (!type.equals(description.text("type", 16))) {
            description.fail(name + ".type is not " + type);
        }
        if (description.problem() != null) {
            fields.fail(name + ": " + description.problem());
        }
        return sdp;
    }

    private static PeerCommand trickle(Fields fields) {
        int target = fields.integerOr("target", -1);
        if (target != 0 && target != 1) {
            fields.fail("target is neither 0 nor 1");
        }
        Fields candidate = fields.object("candidate");
        IceCandidateText text = new IceCandidateText(
                target,
                candidate.textOr("candidate", 1024, ""),
                candidate.textOr("sdpMid", MAX_ID, ""),
                candidate.integerOr("sdpMLineIndex", 0));
        if (candidate.problem() != null) {
            fields.fail("candidate: " + candidate.problem());
        }
        return new PeerCommand.Trickle(text);
    }

    private static PeerCommand broadcast(Fields fields) {
        Fields info = fields.object("info");
        PeerCommand command = new PeerCommand.Broadcast(
                info.textOr("type", MAX_NAME, "chat"),
                info.text("message", MAX_MESSAGE),
                fields.texts("roles", MAX_ROLES, MAX_NAME),
                fields.optionalText("peer_id", MAX_ID));
        if (info.problem() != null) {
            fields.fail("info: " + info.problem());
        }
        return command;
    }

    private static PeerCommand preferVideo(Fields fields) {
        String layer = fields.text("max_spatial_layer", 16);
        if (!LAYERS.contains(layer)) {
            fields.fail("max_spatial_layer is none of none, low, medium, high");
        }
        return new PeerCommand.PreferVideo(fields.text("track_id", MAX_ID), layer);
    }

    private static List<TrackInfo> tracks(Fields fields) {
        JsonNode node = fields.node("tracks");
        if (!node.isObject() || node.size() > MAX_TRACKS) {
            fields.fail("tracks is not an object of at most " + MAX_TRACKS + " tracks");
            return List.of();
        }
        List<TrackInfo> tracks = new ArrayList<>(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            TrackInfo track = track(fields, entry.getKey(), entry.getValue());
            if (track == null) {
                return List.of();
            }
            tracks.add(track);
        }
        return tracks;
    }

    private static @Nullable TrackInfo track(Fields fields, String id, JsonNode node) {
        if (!node.isObject()) {
            fields.fail("tracks holds something that is not an object");
            return null;
        }
        Fields track = new Fields(node);
        String type = track.text("type", 16);
        if (!type.equals("audio") && !type.equals("video")) {
            track.fail("type is neither audio nor video");
        }
        if (id.isEmpty() || id.length() > MAX_ID) {
            track.fail("track id is empty or too long");
        }
        TrackInfo info = new TrackInfo(
                id,
                track.textOr("stream_id", MAX_ID, id),
                type,
                track.textOr("source", MAX_ID, "regular"),
                track.textOr("description", MAX_METADATA, ""),
                track.flagOr("mute", false));
        if (track.problem() != null) {
            fields.fail("track: " + track.problem());
        }
        return info;
    }
}
