package dev.stoa.api;

import dev.stoa.api.client.ConnectivityTests;
import dev.stoa.api.client.DiagnosticsRoute;
import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.template.DiagnosticRooms;
import dev.stoa.rooms.template.StockTemplates;
import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.testing.SteppingTime;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API on a free port over repositories in memory, and a client that talks to it.
final class ApiServer implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    private static final Contract CONTRACT = new Contract();

    final SteppingTime time = new SteppingTime();
    final IdSource ids = new RandomIds(new Random(42), time);
    final FakeLiveRooms live = new FakeLiveRooms();
    final Repositories store;
    final Workspace workspace;
    final Workspace stranger;
    final JwtTokens tokens;
    final String management;
    final TestWebhooks webhooks;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Javalin server;

    ApiServer() {
        this(new ApiSettings(100_000, 100_000));
    }

    ApiServer(ApiSettings settings) {
        this(settings, Repositories.inMemory(), TestWebhooks::apart, () -> {});
    }

    /// Where webhooks are kept.
    @FunctionalInterface
    interface WebhooksPlace {
        TestWebhooks make(Repositories store, IdSource ids, TimeSource time);
    }

    /// @param onRequest called by the thread that serves a request, before it does
    ApiServer(ApiSettings settings, Repositories store, WebhooksPlace place, Runnable onRequest) {
        this.store = store;
        workspace = workspace("6601f0a1c2d3e4f5a6b7c801", "key-1", "a secret of more than 32 characters");
        stranger = workspace("6601f0a1c2d3e4f5a6b7c802", "key-2", "short");
        tokens = new JwtTokens(store.workspaces(), ids, time);
        management = tokens.issueManagement(workspace, Duration.ofDays(30)).token();
        webhooks = place.make(store, ids, time);
        new StockTemplates(store.templates(), store.rooms(), store.codes(), ids, time).install(workspace.id());
        ApiRoutes.Ports ports = new ApiRoutes.Ports(
                store.workspaces(),
                store.accessKeys(),
                store.templates(),
                store.rooms(),
                store.codes(),
                store.sessions(),
                store.history(),
                store.statistics(),
                store.polls(),
                store.audit(),
                store.users(),
                new Argon2Passwords(),
                live,
                tokens,
                ids,
                time);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.routes.before(ctx -> onRequest.run());
                    new ApiRoutes(ports, settings, webhooks.routes(), diagnostics()).register(config);
                    config.routes.get("/v2/broken", ctx -> {
                        throw new IllegalStateException("a fault of the server");
                    });
                })
                .start("127.0.0.1", 0);
    }

    private DiagnosticsRoute diagnostics() {
        DiagnosticRooms rooms = new DiagnosticRooms(store.templates(), store.rooms(), workspace.id(), time);
        return new DiagnosticsRoute(Optional.of(new ConnectivityTests(rooms, store.workspaces(), tokens, ids, time)));
    }

    private Workspace workspace(String id, String accessKey, String secret) {
        Workspace made = new Workspace(id, ids.objectId(), accessKey, secret);
        store.workspaces().save(made);
        return made;
    }

    record Answer(int status, JsonNode json, HttpResponse<String> raw) {
        String text(String field) {
            return json.path(field).asString();
        }

        String details() {
            return json.path("details").toString();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, Map.of("Authorization", "Bearer " + management));
    }

    Answer delete(String path) {
        return send("DELETE", path, null, Map.of("Authorization", "Bearer " + management));
    }

    Answer post(String path, String body) {
        return send("POST", path, body, Map.of("Authorization", "Bearer " + management));
    }

    Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
        return sendBytes(
                method,
                path,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body),
                headers);
    }

    Answer sendBytes(String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<String> raw = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            List<String> problems = CONTRACT.problems(method, path, raw.statusCode(), raw.headers(), raw.body());
            if (!problems.isEmpty()) {
                throw new AssertionError(String.join("\n", problems));
            }
            return new Answer(
                    raw.statusCode(), raw.body().isEmpty() ? JSON.missingNode() : JSON.readTree(raw.body()), raw);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    record Page(String contentType, String policy, String body) {}

    /// What is for eyes, not JSON; needs no token.
    Page page(String path) {
        try {
            HttpResponse<String> raw = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Page(
                    raw.headers().firstValue("Content-Type").orElse(""),
                    raw.headers().firstValue("Content-Security-Policy").orElse(""),
                    raw.body());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Sends bytes that a client library would not, and reads until the server closes.
    String sendRaw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        webhooks.close();
    }
}
