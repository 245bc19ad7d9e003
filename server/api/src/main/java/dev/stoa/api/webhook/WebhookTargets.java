package dev.stoa.api.webhook;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.webhook.WebhookSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds where the events of a room go: a room's own place stands in for its workspace's.
public final class WebhookTargets {
    private final WebhookRepository webhooks;
    private final RoomRepository rooms;
    private final IdSource ids;

    public WebhookTargets(WebhookRepository webhooks, RoomRepository rooms, IdSource ids) {
        this.webhooks = webhooks;
        this.rooms = rooms;
        this.ids = ids;
    }

    /// The settings of a workspace, with a signing key made when there was none.
    WebhookSettings settings(String workspaceId) {
        return webhooks.settings(workspaceId).orElseGet(() -> {
            WebhookSettings fresh = new WebhookSettings(workspaceId, null, Map.of(), ids.secret());
            webhooks.save(fresh);
            return fresh;
        });
    }

    String newKey() {
        return ids.secret();
    }

    Optional<Target> of(String workspaceId, String roomId) {
        WebhookSettings settings = settings(workspaceId);
        Map<String, Object> own = rooms.byId(roomId).map(Room::webhook).orElse(null);
        if (own != null && own.get("url") instanceof String url) {
            return Optional.of(new Target(url, texts(own.get("headers")), settings.signingKey()));
        }
        String url = settings.url();
        return url == null ? Optional.empty() : Optional.of(new Target(url, settings.headers(), settings.signingKey()));
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
        }
        return texts;
    }
}
