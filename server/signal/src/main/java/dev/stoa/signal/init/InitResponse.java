package dev.stoa.signal.init;

import dev.stoa.signal.SignalSettings;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of a successful `/init`.
final class InitResponse {
    /// Thresholds in kbit/s of the five network scores shown before joining.
    private static final int[] SCORE_LOW = {1, 150, 400, 1000, 2500};

    /// How often official clients tell how their media do; the samples are as long as they make them at any rate.
    private static final int STATS_EVERY_SECONDS = 120;

    private static final int PUBLISH_SAMPLE_SECONDS = 30;
    private static final int SUBSCRIBE_SAMPLE_SECONDS = 10;

    private InitResponse() {}

    static String write(JsonMapper json, SignalSettings settings, String webSocketBase, String httpBase) {
        ObjectNode root = json.createObjectNode().put("endpoint", webSocketBase + "/v2/ws");
        ArrayNode servers = root.putObject("rtcConfiguration").putArray("ice_servers");
        for (SignalSettings.IceServer server : settings.iceServers()) {
            servers.add(iceServer(json, server));
        }
        ObjectNode config = root.putObject("config");
        ArrayNode flags = config.putArray("enabledFlags");
        settings.flags().forEach(flags::add);
        config.putObject("publishStats")
                .put("maxSampleWindowSize", PUBLISH_SAMPLE_SECONDS)
                .put("maxSamplePushInterval", STATS_EVERY_SECONDS);
        config.putObject("subscribeStats")
                .put("maxSampleWindowSize", SUBSCRIBE_SAMPLE_SECONDS)
                .put("maxSamplePushInterval", STATS_EVERY_SECONDS);
        ObjectNode health = config.putObject("networkHealth")
                .put("url", httpBase + NetworkProbe.PATH)
                .put("timeout", 10_000);
        ObjectNode scores = health.putObject("scoreMap");
        for (int i = 0; i < SCORE_LOW.length; i++) {
            ObjectNode score = scores.putObject(Integer.toString(i + 1)).put("low", SCORE_LOW[i]);
            if (i + 1 < SCORE_LOW.length) {
                score.put("high", SCORE_LOW[i + 1]);
            }
        }
        return root.toString();
    }

    private static ObjectNode iceServer(JsonMapper json, SignalSettings.IceServer server) {
        ObjectNode node = json.createObjectNode();
        ArrayNode urls = node.putArray("urls");
        server.urls().forEach(urls::add);
        if (server.username() != null) {
            node.put("username", server.username());
        }
        if (server.credential() != null) {
            node.put("credential", server.credential());
        }
        return node;
    }
}
