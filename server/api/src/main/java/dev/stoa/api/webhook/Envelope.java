package dev.stoa.api.webhook;

import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.webhook.WebhookEvent;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The body of a delivery.
final class Envelope {
    private static final String VERSION = "2.0";

    private Envelope() {}

    /// @param replay true: it was sent before and is sent again because somebody asked for it
    static byte[] write(Workspace workspace, WebhookEvent event, boolean replay) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("id", event.id());
        json.put("account_id", workspace.id());
        json.put("app_id", workspace.appId());
        json.put("timestamp", Times.text(event.at()));
        json.put("type", event.type());
        json.put("data", event.data());
        if (replay) {
            json.put("is_replay", true);
        }
        return ApiJson.write(json).getBytes(StandardCharsets.UTF_8);
    }
}
