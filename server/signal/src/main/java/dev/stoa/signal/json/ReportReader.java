package dev.stoa.signal.json;

import dev.stoa.rooms.history.ClientFailures;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.statistics.ClientSamples;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `analytics` notifications (signal protocol section 2.4.8). Most events of the SDKs are of no use to others and
/// go no further.
public final class ReportReader {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private ReportReader() {}

    /// Null for what is not kept.
    ///
    /// @param agent what the client calls itself
    public static PeerCommand.@Nullable Report read(JsonMapper json, JsonNode params, String agent) {
        JsonNode name = params.path("name");
        String event = name.isString() ? name.stringValue() : "";
        JsonNode info = params.path("info");
        boolean kept = ClientFailures.type(event) != null || ClientSamples.isStatistics(event);
        return kept && info.isObject() ? new PeerCommand.Report(event, json.convertValue(info, OBJECT), agent) : null;
    }
}
