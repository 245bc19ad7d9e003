package dev.stoa.signal;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// The protocol on a free port over fakes of rooms and tokens.
final class SignalServer implements AutoCloseable {
    final FakeRooms rooms = new FakeRooms();
    final FakeBoards boards = new FakeBoards();
    final SignalRoutes routes;
    final HttpClient client = HttpClient.newHttpClient();
    private final Javalin server;

    SignalServer(SignalSettings settings) {
        routes = new SignalRoutes(settings, new FakeTokens(), rooms, boards);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    routes.register(config);
                })
                .start("127.0.0.1", 0);
    }

    SignalServer() {
        this(SignalSettings.defaults());
    }

    String base() {
        return "127.0.0.1:" + server.port();
    }

    HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + base() + path)).timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    Client connect(String peer, String token) {
        return Client.open(client, URI.create("ws://" + base() + "/v2/ws?peer=" + peer + "&token=" + token));
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.stop();
    }
}
