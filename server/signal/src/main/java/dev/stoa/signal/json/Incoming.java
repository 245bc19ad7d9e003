package dev.stoa.signal.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// One message of a client, framed but not yet understood.
public sealed interface Incoming {
    /// @param id null for a notification, which is never answered
    /// @param params an object; empty when the client sent none
    record Call(@Nullable String id, String method, JsonNode params) implements Incoming {}

    /// @param id the request to answer, null when not even that could be read
    record Malformed(@Nullable String id, String reason) implements Incoming {}

    /// Reads one text message. Never throws on bad input.
    static Incoming read(JsonMapper json, String text) {
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JacksonException notJson) {
            return new Malformed(null, "message is not valid JSON");
        }
        if (!node.isObject()) {
            return new Malformed(null, "message is not a JSON object");
        }
        JsonNode id = node.path("id");
        if (!id.isMissingNode() && !(id.isString() && id.stringValue().length() <= 128)) {
            return new Malformed(null, "id is not a string of at most 128 characters");
        }
        String requestId = id.isString() ? id.stringValue() : null;
        JsonNode method = node.path("method");
        if (!method.isString()) {
            return new Malformed(requestId, "method is missing");
        }
        JsonNode params = node.path("params");
        if (params.isMissingNode() || params.isNull()) {
            params = JsonNodeFactory.instance.objectNode();
        }
        if (!params.isObject()) {
            return new Malformed(requestId, "params is not an object");
        }
        return new Call(requestId, method.stringValue(), params);
    }
}
