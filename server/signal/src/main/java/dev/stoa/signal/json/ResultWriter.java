package dev.stoa.signal.json;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.PollReply;
import dev.stoa.rooms.live.StoredValue;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the response to a request. A result is always an object: clients take an empty one for success and a
/// missing one for a failure.
public final class ResultWriter {
    private final JsonMapper json;
    private final BoardDoor boards;

    public ResultWriter(JsonMapper json, BoardDoor boards) {
        this.json = json;
        this.boards = boards;
    }

    public String write(String id, CommandResult result) {
        return switch (result) {
            case CommandResult.Done() -> success(id, json.createObjectNode());
            case CommandResult.Answered answered -> success(id, answered(answered));
            case CommandResult.Sent(String messageId, long timestampMs) ->
                success(id, json.createObjectNode().put("message_id", messageId).put("timestamp", timestampMs));
            case CommandResult.Groups(List<String> groups) -> {
                ObjectNode node = json.createObjectNode();
                node.set("groups", PeerJson.texts(groups));
                yield success(id, node);
            }
            case CommandResult.FoundPeer(PeerView peer) ->
                envelope(id).putRawValue("result", PeerJson.peer(peer)).toString();
            case CommandResult.PeerPage page -> success(id, page(page));
            case CommandResult.NamePage page -> success(id, page(page));
            case CommandResult.Value(StoredValue value) -> success(id, StoredValueJson.write(json, value));
            case CommandResult.Values(List<StoredValue> values) -> success(id, values(values));
            case CommandResult.OfPoll(PollReply reply) -> success(id, PollReplyJson.write(json, reply));
            case CommandResult.BoardMade(String board, String owner) ->
                success(id, json.createObjectNode().put("id", board).put("owner", owner));
            case CommandResult.BoardAccess access -> success(id, board(access));
            case CommandResult.Refused(int code, String message) -> error(id, code, message);
        };
    }

    /// Where a client finds the store of a whiteboard, and what opens it.
    public interface BoardDoor {
        /// `host[:port]`: clients put `https://` before it.
        String address();

        /// JSON Web Token; safe to decode as plain base64.
        String token(BoardPass pass, BoardRights rights);
    }

    private ObjectNode board(CommandResult.BoardAccess access) {
        ObjectNode node = json.createObjectNode()
                .put("id", access.pass().boardId())
                .put("addr", boards.address())
                .put("token", boards.token(access.pass(), access.rights()))
                .put("owner", access.owner());
        node.set("permissions", PeerJson.texts(access.rights().words()));
        return node;
    }

    public String success(String id, ObjectNode result) {
        return envelope(id).set("result", result).toString();
    }

    public String error(String id, int code, String message) {
        ObjectNode node = envelope(id);
        node.putObject("error").put("code", code).put("message", message);
        return node.toString();
    }

    private ObjectNode envelope(String id) {
        return json.createObjectNode().put("id", id).put("jsonrpc", "2.0");
    }

    private ObjectNode answered(CommandResult.Answered answered) {
        ObjectNode node = json.createObjectNode();
        String sdp = answered.sdp();
        if (sdp != null) {
            node.put("type", "answer").put("sdp", sdp);
        }
        return node.put("sfu_node_id", answered.nodeId());
    }

    private ObjectNode values(List<StoredValue> values) {
        ObjectNode node = json.createObjectNode();
        ArrayNode list = node.putArray("values");
        values.forEach(value -> list.add(StoredValueJson.write(json, value)));
        return node;
    }

    private ObjectNode page(CommandResult.PeerPage page) {
        ObjectNode node = json.createObjectNode()
                .put("iterator", page.iterator())
                .put("total", page.total())
                .put("eof", page.eof());
        ArrayNode peers = node.putArray("peers");
        page.peers().forEach(peer -> peers.addRawValue(PeerJson.peer(peer)));
        return node;
    }

    private ObjectNode page(CommandResult.NamePage page) {
        ObjectNode node = json.createObjectNode()
                .put("count", page.peers().size())
                .put("limit", page.limit())
                .put("offset", page.offset())
                .put("eof", page.eof());
        ArrayNode peers = node.putArray("peers");
        for (PeerView peer : page.peers()) {
            peers.addObject()
                    .put("name", peer.name())
                    .put("peer_id", peer.peerId())
                    .put("role", peer.role())
                    .put("type", "regular");
        }
        return node;
    }
}
