package dev.stoa.rooms.history;

import dev.stoa.rooms.input.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Failures that clients report, by whatever way. Everything comes from outside: only known fields of known types and
/// lengths are taken.
public final class ClientFailures {
    /// Names of the official SDKs, and of the public API.
    private static final Map<String, String> TYPES = Map.of(
            "publish.failed", "client.publish.failed",
            "subscribe.failed", "client.subscribe.failed",
            "join.failed", "client.join.failed",
            "disconnected", "client.disconnected",
            "connect.failed", "client.connect.failed");

    private static final List<String> TEXTS = List.of(
            "error_name", "error_message", "error_description", "action", "domain", "transport_state", "endpoint");
    private static final List<String> AGENT = List.of(
            "sdk",
            "sdk_version",
            "os",
            "os_version",
            "device_model",
            "framework",
            "framework_version",
            "framework_sdk_version",
            "domain",
            "is_prebuilt");
    private static final int MAX_TEXT = 1024;

    private ClientFailures() {}

    /// How the API calls an event of the SDKs; null for events that are no failures.
    public static @Nullable String type(String event) {
        return TYPES.get(event);
    }

    /// Adds what is known of a failure.
    ///
    /// @param payload what the client told of it, null = nothing
    /// @param agent user agent of an official client
    public static void describe(Map<String, Object> data, @Nullable Fields payload, String agent) {
        if (payload != null) {
            Integer code = payload.isAbsent("error_code") ? null : payload.integer("error_code");
            if (code != null) {
                data.put("error_code", code);
            }
            TEXTS.forEach(key -> {
                String text = text(payload, key);
                if (!text.isEmpty()) {
                    data.put(key, text);
                }
            });
            data.put("is_terminal", payload.flag("is_terminal", false));
        }
        data.put("agent", agent(agent));
    }

    /// The official user agent is `key:value,key:value`.
    private static Map<String, Object> agent(String text) {
        Map<String, Object> agent = new LinkedHashMap<>();
        for (String part : cut(text).split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon > 0 && AGENT.contains(part.substring(0, colon).strip())) {
                agent.put(
                        part.substring(0, colon).strip(),
                        part.substring(colon + 1).strip());
            }
        }
        agent.put("string", cut(text));
        return agent;
    }

    /// A text of the client, not too long; `""` when there is none.
    public static String text(Fields fields, String key) {
        String text = fields.text(key, Integer.MAX_VALUE);
        return text == null ? "" : cut(text);
    }

    public static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
