package dev.stoa.api.client;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.history.ClientFailures;
import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.room.Room;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes history of what clients report. Everything comes from outside: room and person are taken from the token, and
/// of the rest only known fields of known types and lengths.
final class ClientEvents {
    private final IdSource ids;

    ClientEvents(IdSource ids) {
        this.ids = ids;
    }

    /// Empty for events that are not kept.
    Optional<HistoryEvent> failure(
            AppToken token, Room room, Map<String, Object> body, @Nullable String agent, Instant now) {
        Fields fields = Fields.of(body);
        String type = ClientFailures.type(ClientFailures.text(fields, "event"));
        if (type == null) {
            return Optional.empty();
        }
        Fields peer = fields.isObject("peer") ? fields.object("peer") : null;
        Fields payload = fields.isObject("payload") ? fields.object("payload") : null;
        Map<String, Object> data = about(token, room, peer);
        ClientFailures.describe(data, payload, agent == null ? "" : agent);
        return Optional.of(event(token, room, type, true, now, data));
    }

    HistoryEvent feedback(AppToken token, Room room, Map<String, Object> body, Instant now) {
        Fields fields = Fields.of(body);
        Fields peer = fields.isObject("peer") ? fields.object("peer") : null;
        Fields payload = fields.isObject("payload") ? fields.object("payload") : null;
        Map<String, Object> data = about(token, room, peer);
        if (payload != null) {
            put(data, "question", ClientFailures.text(payload, "question"));
            put(data, "comment", ClientFailures.text(payload, "comment"));
            for (String key : List.of("rating", "min_rating", "max_rating")) {
                Integer number = payload.integer(key);
                if (number != null) {
                    data.put(key, number);
                }
            }
            List<String> reasons = payload.texts("reasons");
            if (reasons != null) {
                data.put(
                        "reasons",
                        reasons.stream().limit(20).map(ClientFailures::cut).toList());
            }
        }
        return event(token, room, "client.feedback", false, now, data);
    }

    private static Map<String, Object> about(AppToken token, Room room, @Nullable Fields peer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("room_id", room.id());
        data.put("room_name", room.name());
        data.put("template_id", room.templateId());
        data.put("account_id", room.workspaceId());
        data.put("user_id", token.userId());
        data.put("role", token.role());
        if (peer != null) {
            put(data, "peer_id", ClientFailures.text(peer, "peer_id"));
            put(data, "session_id", ClientFailures.text(peer, "session_id"));
            put(data, "user_name", ClientFailures.text(peer, "user_name"));
        }
        return data;
    }

    private static void put(Map<String, Object> data, String key, String text) {
        if (!text.isEmpty()) {
            data.put(key, text);
        }
    }

    private HistoryEvent event(
            AppToken token, Room room, String type, boolean error, Instant now, Map<String, Object> data) {
        return new HistoryEvent(
                ids.uuid(),
                now.toEpochMilli() * 1000,
                room.workspaceId(),
                room.id(),
                data.get("session_id") instanceof String session ? session : null,
                data.get("peer_id") instanceof String peer ? peer : null,
                token.userId(),
                type,
                error,
                now,
                data);
    }
}
