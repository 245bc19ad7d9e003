package dev.stoa.signal.json;

import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PollCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what peers ask of each other (protocol sections 2.4.3, 2.6 to 2.8, 2.12). How long names, keys and values
/// may really be is the room's business; the bounds here keep the absurd away from it.
final class InteractionReader {
    private static final int MAX_ID = 256;
    private static final int MAX_NAME = 512;
    private static final int MAX_METADATA = 16 * 1024;
    private static final int MAX_REASON = 1024;
    private static final int MAX_ROLES = 100;
    private static final int MAX_PEERS = 1000;
    private static final int MAX_KEYS = 1000;
    private static final int DEFAULT_LIMIT = 10;
    private static final String DEFAULT_KEY = "default";

    private InteractionReader() {}

    /// Null when the method is none of these. Problems are left in `fields`.
    static PeerCommand.@Nullable Interaction read(String method, Fields fields) {
        return switch (method) {
            case "peer-update" -> profile(fields);
            case "group-join" -> new PeerCommand.JoinGroup(group(fields));
            case "group-leave" -> new PeerCommand.LeaveGroup(group(fields));
            case "group-add" -> new PeerCommand.AddToGroup(group(fields), fields.text("peer_id", MAX_ID));
            case "group-remove" -> new PeerCommand.RemoveFromGroup(group(fields), fields.text("peer_id", MAX_ID));
            case "track-update-request" ->
                new PeerCommand.RequestTrackMute(target(fields), fields.text("track_id", MAX_ID), fields.flag("mute"));
            case "change-track-mute-state-request" -> mute(fields);
            case "peer-leave-request" -> new PeerCommand.RemovePeer(target(fields), reason(fields));
            case "end-room" -> new PeerCommand.EndRoom(fields.flagOr("lock", false), reason(fields));
            case "role-change-request" -> role(fields);
            case "role-change" ->
                new PeerCommand.AcceptRole(fields.text("role", MAX_NAME), fields.text("token", MAX_ID));
            case "get-peer" -> new PeerCommand.GetPeer(fields.text("peer_id", MAX_ID));
            case "find-peer" -> peers(fields);
            case "peer-iter-next" -> new PeerCommand.NextPeers(fields.text("iterator", MAX_ID), limit(fields));
            case "peer-name-search" ->
                new PeerCommand.SearchNames(
                        fields.textOr("query", MAX_NAME, ""), limit(fields), fields.integerOr("offset", 0));
            case "set-metadata" -> value(fields);
            case "metadata-add" -> new PeerCommand.AddToValue(fields.text("key", MAX_NAME), fields.longOr("by", 1));
            case "metadata-append" -> append(fields);
            case "metadata-writers" ->
                new PeerCommand.ProtectValue(
                        fields.text("key", MAX_NAME), fields.textsThatAreThere("roles", MAX_ROLES, MAX_NAME));
            case "metadata-history" ->
                new PeerCommand.ReadHistory(
                        fields.optionalText("key", MAX_NAME), fields.longOr("after_version", 0), limit(fields));
            case "get-metadata" -> new PeerCommand.GetValue(fields.textOr("key", MAX_NAME, DEFAULT_KEY));
            case "listen-metadata-change" -> observe(fields);
            case "whiteboard-create" -> board(fields);
            case "whiteboard-close" -> new PeerCommand.CloseBoard(fields.text("id", MAX_ID));
            case "whiteboard-get" -> new PeerCommand.GetBoard(fields.text("id", MAX_ID));
            default -> poll(method, fields);
        };
    }

    private static PeerCommand.@Nullable Interaction poll(String method, Fields fields) {
        PollCommand command = PollReader.read(method, fields);
        return command == null ? null : new PeerCommand.OfPoll(command);
    }

    private static PeerCommand.Interaction board(Fields fields) {
        return new PeerCommand.CreateBoard(
                fields.textOr("title", MAX_NAME, ""),
                roles(fields, "reader"),
                roles(fields, "writer"),
                roles(fields, "admin"));
    }

    private static @Nullable List<String> roles(Fields fields, String name) {
        return fields.has(name) ? fields.texts(name, MAX_ROLES, MAX_NAME) : null;
    }

    private static String group(Fields fields) {
        return fields.text("name", MAX_NAME);
    }

    private static String target(Fields fields) {
        return fields.text("requested_for", MAX_ID);
    }

    private static String reason(Fields fields) {
        return fields.textOr("reason", MAX_REASON, "");
    }

    private static int limit(Fields fields) {
        return fields.integerOr("limit", DEFAULT_LIMIT);
    }

    private static PeerCommand.Interaction profile(Fields fields) {
        return new PeerCommand.UpdateProfile(
                fields.optionalText("name", MAX_NAME), fields.optionalText("data", MAX_METADATA));
    }

    private static PeerCommand.Interaction mute(Fields fields) {
        String type = fields.optionalText("type", 16);
        if (type != null && !type.equals("audio") && !type.equals("video")) {
            fields.fail("type is neither audio nor video");
        }
        return new PeerCommand.RequestMute(
                fields.flag("value"),
                type,
                fields.optionalText("source", MAX_ID),
                fields.texts("roles", MAX_ROLES, MAX_NAME));
    }

    private static PeerCommand.Interaction role(Fields fields) {
        String role = fields.text("role", MAX_NAME);
        boolean force = fields.flagOr("force", false);
        if (!fields.has("roles")) {
            return new PeerCommand.ChangeRole(target(fields), role, force);
        }
        if (fields.has("requested_for")) {
            fields.fail("requested_for and roles exclude each other");
        }
        if (!force) {
            fields.fail("roles of many are changed with force only");
        }
        return new PeerCommand.ChangeRoles(fields.texts("roles", MAX_ROLES, MAX_NAME), role);
    }

    /// Web clients name the ids `peerIds`, though their type says `peers`.
    private static PeerCommand.Interaction peers(Fields fields) {
        List<String> ids = new ArrayList<>(fields.texts("peers", MAX_PEERS, MAX_ID));
        ids.addAll(fields.texts("peerIds", MAX_PEERS, MAX_ID));
        return new PeerCommand.FindPeers(
                fields.optionalText("role", MAX_NAME), fields.optionalText("group", MAX_NAME), ids, limit(fields));
    }

    private static PeerCommand.Interaction value(Fields fields) {
        JsonNode data = fields.node("data");
        return new PeerCommand.SetValue(
                fields.text("key", MAX_NAME),
                data.isMissingNode() || data.isNull() ? null : data.toString(),
                fields.optionalInteger("if_change_version"));
    }

    private static PeerCommand.Interaction append(Fields fields) {
        if (!fields.has("data")) {
            fields.fail("data is missing");
        }
        return new PeerCommand.AppendToValue(
                fields.text("key", MAX_NAME), fields.node("data").toString());
    }

    private static PeerCommand.Interaction observe(Fields fields) {
        return new PeerCommand.Observe(fields.textsThatAreThere("keys", MAX_KEYS, MAX_NAME));
    }
}
