package dev.stoa.rooms.webhook;

import dev.stoa.rooms.live.Visitor;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects the `data` of one event, beginning with its room and session.
final class WebhookData {
    /// RFC 3339 in UTC with milliseconds, as the whole API writes times.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter WHOLE_SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final JournalEntry entry;
    private final Map<String, Object> data = new LinkedHashMap<>();
    private @Nullable String peerId;
    private @Nullable String userId;

    WebhookData(JournalEntry entry) {
        this.entry = entry;
        data.put("room_id", entry.room().id());
        data.put("room_name", entry.room().name());
        data.put("template_id", entry.room().templateId());
        SessionRecord session = entry.session();
        if (session != null) {
            data.put("session_id", session.id());
            put("session_started_at", session.createdAt());
        }
    }

    WebhookData withoutSession() {
        data.remove("session_id");
        data.remove("session_started_at");
        return this;
    }

    WebhookData peer(PeerRecord peer) {
        briefPeer(peer);
        return put("user_data", peer.metadata());
    }

    WebhookData briefPeer(PeerRecord peer) {
        return who(peer.id(), peer.userId(), peer.name(), peer.role());
    }

    WebhookData visitor(Visitor visitor) {
        return who(visitor.peerId(), visitor.userId(), visitor.name(), visitor.role())
                .put("user_data", visitor.metadata());
    }

    private WebhookData who(String peer, String user, String name, String role) {
        peerId = peer;
        userId = user;
        return put("peer_id", peer).put("user_id", user).put("user_name", name).put("role", role);
    }

    WebhookData put(String key, Object value) {
        data.put(key, value);
        return this;
    }

    WebhookData put(String key, Instant time) {
        data.put(key, time.getNano() == 0 ? WHOLE_SECONDS.format(time) : TIME.format(time));
        return this;
    }

    WebhookData putIfKnown(String key, @Nullable String value) {
        if (value != null) {
            data.put(key, value);
        }
        return this;
    }

    /// Whole seconds, rounded down.
    WebhookData putSeconds(String key, Instant from, Instant to) {
        data.put(key, Math.max(0, Duration.between(from, to).toSeconds()));
        return this;
    }

    WebhookEvent event(String type) {
        return new WebhookEvent(
                entry.id(),
                entry.position(),
                entry.room().workspaceId(),
                entry.room().id(),
                data.get("session_id") instanceof String session ? session : null,
                peerId,
                userId,
                type,
                entry.at(),
                data);
    }
}
