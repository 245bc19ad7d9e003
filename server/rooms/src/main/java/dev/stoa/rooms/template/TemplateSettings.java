package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a template as far as the server understands them; the rest is kept as given.
public final class TemplateSettings {
    /// Labels of media clusters; `auto` leaves the choice to the server.
    public static final List<String> REGIONS = List.of("in", "us", "eu", "auto");

    /// Key of the settings under which recording configurations are kept.
    public static final String RECORDINGS = "recordings";

    private static final List<String> STORAGES = List.of("s3", "gs", "oss", "azure");

    private TemplateSettings() {}

    /// `auto` when the template does not say.
    public static String region(Template template) {
        return template.settings().get("region") instanceof String region ? region : "auto";
    }

    static void check(Fields settings) {
        String region = settings.text("region", 64);
        if (region != null && !REGIONS.contains(region)) {
            settings.problems().add("region not supported");
        }
        recording(settings);
        RecordingConfigs.check(settings, RECORDINGS);
        settings.object("retry");
        Fields roomState = settings.object("roomState");
        if (roomState != null) {
            roomState.flag("enabled");
            roomState.flag("sendPeerList");
            roomState.flag("stopRoomStateOnJoin");
            if (roomState.integer("messageInterval", 5, 3600, 5) % 5 != 0) {
                roomState.problem("messageInterval", "must be a multiple of 5");
            }
        }
    }

    private static void recording(Fields settings) {
        Fields recording = settings.object("recording");
        if (recording == null) {
            return;
        }
        recording.flag("enabled");
        Fields upload = recording.object("upload");
        if (upload == null) {
            return;
        }
        upload.word("type", STORAGES);
        DestinationChecks.required(upload, "type");
        DestinationChecks.required(upload, "location");
        upload.text("prefix", 1024);
        Fields options = upload.object("options");
        if (options != null) {
            options.text("region", 64);
        }
        Fields credentials = upload.object("credentials");
        if (credentials != null) {
            credentials.keys().forEach(key -> credentials.text(key, 4096));
        }
    }

    static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(old);
        merged.putAll(given);
        return merged;
    }
}
