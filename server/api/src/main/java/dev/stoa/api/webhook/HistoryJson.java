package dev.stoa.api.webhook;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.webhook.Replay;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Deliveries and replays as the API shows them.
final class HistoryJson {
    private HistoryJson() {}

    static Map<String, Object> delivery(Delivery delivery) {
        boolean failed = delivery.state() == Delivery.State.FAILED;
        Map<String, Object> about = new LinkedHashMap<>();
        put(about, "session_id", delivery.event().sessionId());
        put(about, "peer_id", delivery.event().peerId());
        put(about, "user_id", delivery.event().userId());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("event_data", about);
        payload.put("webhook_url", Objects.requireNonNullElse(delivery.url(), ""));
        payload.put("original_event_name", delivery.event().type());
        if (failed) {
            payload.put("error_reason", Objects.requireNonNullElse(delivery.error(), ""));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event_id", delivery.event().id());
        json.put("event_name", "reporter.webhook.delivery." + (failed ? "failed" : "success"));
        json.put("room_id", delivery.event().roomId());
        json.put("event_timestamp", Times.text(delivery.event().at()));
        json.put("payload", payload);
        return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    static Map<String, Object> replay(Replay replay) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workflow_id", replay.id());
        json.put("status", status(replay.state()));
        json.put("started_at", Times.text(replay.startedAt()));
        Instant completedAt = replay.completedAt();
        json.put("completed_at", completedAt == null ? null : Times.text(completedAt));
        json.put("filters", filters(replay, true));
        return json;
    }

    /// The reference's mixed case.
    private static String status(Replay.State state) {
        return switch (state) {
            case RUNNING -> "Running";
            case COMPLETED -> "completed";
            case COMPLETED_WITH_FAILURES -> "completed_with_failures";
            case FAILED -> "failed";
            case TERMINATED -> "Terminated";
        };
    }

    static Map<String, Object> filters(Replay replay, boolean withPage) {
        DeliveryFilter filter = replay.filter();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("start_time", Times.text(filter.from()));
        json.put("end_time", Times.text(filter.to()));
        json.put("room_id", Objects.requireNonNullElse(filter.roomId(), ""));
        json.put("event_types", filter.types());
        Delivery.State only = filter.state();
        json.put("status", only == null ? "all" : word(only));
        if (withPage) {
            json.put("limit", replay.limit());
            json.put("offset", replay.offset());
        }
        return json;
    }

    private static String word(Delivery.State state) {
        return state == Delivery.State.DELIVERED ? "success" : state.name().toLowerCase(Locale.ROOT);
    }
}
