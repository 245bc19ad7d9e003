package dev.stoa.api.rooms;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.input.Secrets;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateSettings;
import dev.stoa.rooms.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rooms and room codes as the API shows them.
final class RoomJson {
    private RoomJson() {}

    /// @param template null: it is gone
    static Map<String, Object> room(Workspace workspace, Room room, @Nullable Template template) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", room.id());
        json.put("name", room.name());
        json.put("enabled", room.enabled());
        json.put("description", room.description());
        json.put("customer_id", workspace.id());
        json.put("customer", workspace.id());
        json.put("app_id", workspace.appId());
        json.put("recording_source_template", room.recordingInfo() == null);
        json.put(
                "recording_info",
                room.recordingInfo() == null
                        ? Map.of("enabled", recordsByTemplate(template))
                        : Secrets.masked(room.recordingInfo()));
        json.put("template_id", room.templateId());
        json.put("template", template == null ? "" : template.name());
        json.put("region", region(room, template));
        json.put("large_room", room.largeRoom());
        putIfSet(json, "size", room.size());
        putIfSet(json, "max_duration_seconds", room.maxDurationSeconds());
        if (!room.polls().isEmpty()) {
            json.put("polls", room.polls());
        }
        putIfSet(json, "webhook", room.webhook());
        json.put("created_at", Times.text(room.createdAt()));
        json.put("updated_at", Times.text(room.updatedAt()));
        return json;
    }

    static Map<String, Object> code(RoomCode code) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code.code());
        json.put("room_id", code.roomId());
        json.put("role", code.role());
        json.put("enabled", code.enabled());
        json.put("created_at", Times.text(code.createdAt()));
        json.put("updated_at", Times.text(code.updatedAt()));
        return json;
    }

    private static String region(Room room, @Nullable Template template) {
        return room.region().equals("auto") && template != null ? TemplateSettings.region(template) : room.region();
    }

    private static boolean recordsByTemplate(@Nullable Template template) {
        return template != null
                && template.settings().get("recording") instanceof Map<?, ?> recording
                && Boolean.TRUE.equals(recording.get("enabled"));
    }

    private static void putIfSet(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
