package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a template as far as the server understands them; the rest is kept as given.
public final class TemplateSettings {
    /// Labels of media clusters; `auto` leaves the choice to the server.
    public static final List<String> REGIONS = List.of("in", "us", "eu", "auto");

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
        settings.object("recording");
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

    static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(old);
        merged.putAll(given);
        return merged;
    }
}
