package dev.stoa.signal.json;

import dev.stoa.rooms.live.CommandResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes the response to a request. A result is always an object: clients take an empty one for success and a
/// missing one for a failure.
public final class ResultWriter {
    private final JsonMapper json;

    public ResultWriter(JsonMapper json) {
        this.json = json;
    }

    public String write(String id, CommandResult result) {
        return switch (result) {
            case CommandResult.Done() -> success(id, json.createObjectNode());
            case CommandResult.Answered answered -> success(id, answered(answered));
            case CommandResult.Sent(String messageId, long timestampMs) ->
                success(id, json.createObjectNode().put("message_id", messageId).put("timestamp", timestampMs));
            case CommandResult.Refused(int code, String message) -> error(id, code, message);
        };
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
}
