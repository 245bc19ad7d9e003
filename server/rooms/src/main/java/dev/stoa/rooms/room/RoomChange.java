package dev.stoa.rooms.room;

import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.template.TemplateSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A checked request to make or change a room. Null means: not said, keep or use the default.
///
/// @param recordingInfoGiven whether `recordingInfo` is said; null then means: follow the template again
/// @param webhookGiven whether `webhook` is said; null then means: use the workspace's
public record RoomChange(
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean enabled,
        @Nullable String templateId,
        @Nullable String region,
        @Nullable Boolean largeRoom,
        @Nullable Integer size,
        @Nullable Integer maxDurationSeconds,
        boolean recordingInfoGiven,
        @Nullable Map<String, Object> recordingInfo,
        boolean webhookGiven,
        @Nullable Map<String, Object> webhook,
        @Nullable List<String> polls) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.\\-:_]+");
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 4096;
    private static final int MIN_DURATION = 120;
    private static final int MAX_DURATION = 43_200;
    private static final List<String> STORAGES = List.of("s3", "gs", "oss", "azure");

    /// For a room made by the server itself.
    public static RoomChange named(String name, String templateId) {
        return new RoomChange(name, null, null, templateId, null, null, null, null, false, null, false, null, null);
    }

    public static Outcome<RoomChange> forCreation(Map<String, Object> body) {
        return body.containsKey("template")
                ? Outcome.invalid(List.of("Invalid body param: template. Use template_id"))
                : forUpdate(body);
    }

    public static Outcome<RoomChange> forUpdate(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        RoomChange change = new RoomChange(
                name(fields),
                fields.text("description", MAX_DESCRIPTION_LENGTH),
                fields.flag("enabled"),
                fields.text("template_id", 64),
                region(fields),
                fields.flag("large_room"),
                fields.integer("size"),
                duration(fields),
                fields.given("recording_info"),
                recordingInfo(fields),
                fields.given("webhook"),
                webhook(fields),
                fields.texts("polls"));
        return fields.problems().isEmpty() ? Outcome.done(change) : Outcome.invalid(fields.problems());
    }

    private static @Nullable String name(Fields fields) {
        String name = fields.text("name", MAX_NAME_LENGTH);
        if (name != null && !NAME.matcher(name).matches()) {
            fields.problem("name", "may hold letters, digits and . - : _ only");
        }
        return name;
    }

    private static @Nullable String region(Fields fields) {
        String region = fields.text("region", 64);
        if (region != null && !TemplateSettings.REGIONS.contains(region)) {
            fields.problems().add("region not supported");
        }
        return region;
    }

    private static @Nullable Integer duration(Fields fields) {
        Integer seconds = fields.integer("max_duration_seconds");
        if (seconds != null && seconds < MIN_DURATION) {
            fields.problem("max_duration_seconds", "less than 120 seconds");
        } else if (seconds != null && seconds > MAX_DURATION) {
            fields.problem("max_duration_seconds", "greater than 43200 seconds");
        }
        return seconds;
    }

    private static @Nullable Map<String, Object> webhook(Fields fields) {
        Fields webhook = fields.object("webhook");
        if (webhook == null) {
            return null;
        }
        String url = webhook.text("url", 2048);
        if (url == null || !(url.startsWith("https://") || url.startsWith("http://"))) {
            webhook.problem("url", "must be an http or https address");
        }
        Fields headers = webhook.object("headers");
        if (headers != null) {
            headers.keys().forEach(key -> headers.text(key, 4096));
        }
        return webhook.asMap();
    }

    private static @Nullable Map<String, Object> recordingInfo(Fields fields) {
        Fields info = fields.object("recording_info");
        if (info == null) {
            return null;
        }
        info.flag("enabled");
        Fields upload = info.object("upload_info");
        if (upload != null) {
            String type = upload.text("type", 16);
            if (type == null || !STORAGES.contains(type)) {
                fields.problems().add("Invalid upload configuration");
            }
            String location = upload.text("location", 1024);
            if (location == null || location.isBlank()) {
                fields.problems().add("Bucket location is missing");
            }
            upload.text("prefix", 1024);
            upload.object("options");
            upload.object("credentials");
        }
        return info.asMap();
    }
}
