package dev.stoa.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stoa.client.SignalClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/// A backend that takes webhooks, or does not.
final class Receiver implements AutoCloseable {
    /// @param status what it was answered with
    record Hook(JsonNode json, byte[] body, List<String> signature, List<String> secret, int status) {
        String type() {
            return json.path("type").asString();
        }

        JsonNode data() {
            return json.path("data");
        }
    }

    final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile ToIntFunction<JsonNode> behaviour = event -> 200;

    Receiver() throws IOException {
        this(0);
    }

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode json = SignalClient.JSON.readTree(body);
            int status = behaviour.applyAsInt(json);
            hooks.add(new Hook(
                    json,
                    body,
                    exchange.getRequestHeaders().getOrDefault("X-webhook-signature", List.of()),
                    exchange.getRequestHeaders().getOrDefault("X-secret", List.of()),
                    status));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /// @param status by event
    void answer(ToIntFunction<JsonNode> status) {
        behaviour = status;
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Types of what was taken, in order.
    List<String> taken() {
        return hooks.stream()
                .filter(hook -> hook.status() == 200)
                .map(Hook::type)
                .toList();
    }

    Hook first(String type) {
        return hooks.stream()
                .filter(hook -> hook.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
