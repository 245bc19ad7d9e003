package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.List;

/// Checks the plugins of a template (section 7.8 of the server API reference).
final class PluginChecks {
    private static final List<String> TRANSCRIPTION_MODES = List.of("caption");

    private PluginChecks() {}

    static void check(Fields plugins) {
        Fields whiteboard = plugins.object("whiteboard");
        if (whiteboard != null) {
            roles(whiteboard, "admin", "writer", "reader");
        }
        for (String name : List.of("noiseCancellation", "virtualBackground")) {
            Fields plugin = plugins.object(name);
            if (plugin != null) {
                plugin.flag("enabled");
            }
        }
        transcriptions(plugins);
    }

    /// One object as documented, or a list of them as clients receive it.
    private static void transcriptions(Fields plugins) {
        List<Fields> several = plugins.isList("transcriptions") ? plugins.objects("transcriptions") : null;
        if (several != null) {
            several.forEach(PluginChecks::transcription);
            return;
        }
        Fields one = plugins.object("transcriptions");
        if (one != null) {
            transcription(one);
        }
    }

    private static void transcription(Fields transcription) {
        transcription.word("mode", TRANSCRIPTION_MODES);
        roles(transcription, "admin");
    }

    private static void roles(Fields plugin, String... lists) {
        Fields permissions = plugin.object("permissions");
        if (permissions != null) {
            for (String list : lists) {
                permissions.texts(list);
            }
        }
    }
}
