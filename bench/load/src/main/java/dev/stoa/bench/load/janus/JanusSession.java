package dev.stoa.bench.load.janus;

import dev.stoa.client.Media;
import dev.stoa.client.SignalClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One session of Janus' HTTP interface with any number of handles; events come by long polling. Thread-safe.
final class JanusSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int START_TRIES = 100;
    private static final int START_POLL_MS = 100;

    private final HttpClient http;
    private final String base;
    private final String session;
    private final Map<Long, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    private JanusSession(HttpClient http, String base, String session) {
        this.http = http;
        this.base = base;
        this.session = session;
    }

    /// Waits until Janus is there.
    static JanusSession open(HttpClient http, JanusServer server) throws InterruptedException {
        for (int i = 0; i < START_TRIES && server.isAlive(); i++) {
            try {
                JsonNode made = post(http, server.base(), request("create"));
                JanusSession session = new JanusSession(
                        http, server.base(), made.path("data").path("id").asString());
                Thread.ofVirtual().start(session::poll);
                return session;
            } catch (IOException notYet) {
                Thread.sleep(START_POLL_MS);
            }
        }
        throw new IllegalStateException("Janus did not start");
    }

    static ObjectNode object() {
        return SignalClient.JSON.createObjectNode();
    }

    private static ObjectNode request(String what) {
        return object().put("janus", what).put("transaction", Media.id());
    }

    /// A handle of the videoroom plug-in.
    long attach() {
        JsonNode made = ask("/" + session, request("attach").put("plugin", "janus.plugin.videoroom"));
        long handle = made.path("data").path("id").asLong();
        events.put(handle, new ArrayBlockingQueue<>(100));
        return handle;
    }

    /// Sends a message to the plug-in and returns its synchronous answer, if any.
    ///
    /// @param jsep description that goes with it; empty without
    JsonNode send(long handle, JsonNode body, String type, String jsep) {
        ObjectNode message = request("message");
        message.set("body", body);
        if (!jsep.isEmpty()) {
            message.putObject("jsep").put("type", type).put("sdp", jsep);
        }
        return ask("/" + session + "/" + handle, message);
    }

    /// The next event of the plug-in.
    JsonNode event(long handle) throws InterruptedException {
        BlockingQueue<JsonNode> queue = events.get(handle);
        JsonNode event = queue == null ? null : queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null || event.path("plugindata").path("data").has("error")) {
            throw new IllegalStateException("Janus says " + event);
        }
        return event;
    }

    private void poll() {
        while (open) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + session + "?maxev=20"))
                    .timeout(PATIENCE)
                    .build();
            try {
                String text =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                JsonNode answer = SignalClient.JSON.readTree(text);
                if (answer.isArray()) {
                    answer.forEach(this::deliver);
                } else {
                    deliver(answer);
                }
            } catch (IOException | InterruptedException ended) {
                open = false;
            }
        }
    }

    private void deliver(JsonNode event) {
        BlockingQueue<JsonNode> queue = events.get(event.path("sender").asLong());
        if (queue != null && event.path("janus").asString().equals("event")) {
            queue.offer(event);
        }
    }

    private JsonNode ask(String path, JsonNode body) {
        try {
            return post(http, base + path, body);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode post(HttpClient http, String url, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        JsonNode answer = SignalClient.JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (answer.path("janus").asString().equals("error")) {
            throw new IllegalStateException("Janus refused: " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        open = false;
    }
}
