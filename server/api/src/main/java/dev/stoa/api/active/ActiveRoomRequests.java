package dev.stoa.api.active;

import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.outcome.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what backends ask of a running room out of bodies.
final class ActiveRoomRequests {
    private static final int MAX_ID = 128;
    private static final int MAX_NAME = 512;
    private static final int MAX_METADATA = 64 * 1024;
    private static final int MAX_REASON = 1024;
    private static final int MAX_MESSAGE = 64 * 1024;
    private static final String DEFAULT_TYPE = "chat";

    private ActiveRoomRequests() {}

    static Outcome<RoomRequest> update(String peerId, Map<String, Object> body) {
        Fields fields = Fields.of(body);
        return checked(
                fields,
                new RoomRequest.UpdatePeer(
                        peerId,
                        fields.text("name", MAX_NAME),
                        fields.text("role", MAX_ID),
                        fields.text("metadata", MAX_METADATA)));
    }

    /// The official Node SDK says `peerId`, the public API `peer_id`.
    static Outcome<RoomRequest> message(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String message = fields.text("message", MAX_MESSAGE);
        String type = fields.text("type", MAX_ID);
        String peer = fields.text("peer_id", MAX_ID);
        String alias = fields.text("peerId", MAX_ID);
        String role = fields.text("role", MAX_ID);
        if (message == null || message.isBlank()) {
            fields.problem("message", "is missing");
        }
        return checked(
                fields,
                new RoomRequest.SendMessage(
                        type == null || type.isEmpty() ? DEFAULT_TYPE : type,
                        message == null ? "" : message,
                        given(role),
                        given(peer == null ? alias : peer)));
    }

    static Outcome<RoomRequest> removal(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String peer = given(fields.text("peer_id", MAX_ID));
        String role = given(fields.text("role", MAX_ID));
        if (peer == null && role == null && fields.problems().isEmpty()) {
            fields.problem("peer_id", "or role is needed");
        }
        return checked(fields, new RoomRequest.RemovePeers(peer, role, reason(fields)));
    }

    static Outcome<RoomRequest> end(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        return checked(fields, new RoomRequest.EndRoom(fields.flag("lock", false), reason(fields)));
    }

    private static String reason(Fields fields) {
        String reason = fields.text("reason", MAX_REASON);
        return reason == null ? "" : reason;
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static Outcome<RoomRequest> checked(Fields fields, RoomRequest request) {
        List<String> problems = fields.problems();
        return problems.isEmpty() ? Outcome.done(request) : Outcome.invalid(problems);
    }
}
