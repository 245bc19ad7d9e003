package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks how rooms are recorded (section 7.7 of the server API reference). Kept for when the server can record.
final class RecordingConfigs {
    /// The public API takes a list and allows one.
    static final int MAX_CONFIGS = 1;

    private RecordingConfigs() {}

    static void check(Fields parent, String key) {
        List<Fields> configs = parent.objects(key);
        if (configs == null) {
            return;
        }
        if (configs.size() > MAX_CONFIGS) {
            parent.problem(key, "must hold exactly one configuration");
        }
        configs.forEach(RecordingConfigs::check);
    }

    private static void check(Fields config) {
        DestinationChecks.required(config, "name");
        DestinationChecks.required(config, "role");
        DestinationChecks.seconds(config, "maxDuration", "presignDuration");
        DestinationChecks.thumbnails(config);
        Fields composite = config.object("compositeRecording");
        if (composite != null) {
            Fields browser = composite.object("browserComposite");
            if (browser != null) {
                browser.flag("enabled");
                browser.flag("autoStart");
                DestinationChecks.seconds(browser, "autoStopTimeout");
                DestinationChecks.size(browser);
            }
            enabled(composite.object("customComposite"));
        }
        enabled(config.object("trackRecording"));
        Fields stream = config.object("streamRecording");
        if (stream != null) {
            enabled(stream);
            DestinationChecks.size(stream);
        }
    }

    private static void enabled(@Nullable Fields part) {
        if (part != null) {
            part.flag("enabled");
        }
    }
}
