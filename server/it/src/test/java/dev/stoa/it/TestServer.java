package dev.stoa.it;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.app.StoaServer;
import dev.stoa.app.settings.SettingsLoader;
import dev.stoa.client.Participant;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A server in this process on free ports, and what a backend and a browser do with it.
final class TestServer implements AutoCloseable {
    final StoaServer server;
    final JwtTokens tokens;
    final Workspace workspace;
    private final String management;

    static {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }

    /// @param settings by key of `reference.conf`, over free ports and loopback
    TestServer(Path data, Map<String, String> settings) throws IOException {
        Map<String, String> flags = new HashMap<>(Map.of(
                "host", "127.0.0.1",
                "port", "0",
                "media-port", "0",
                "public-address", "127.0.0.1",
                "data", data.toString()));
        flags.putAll(settings);
        server = StoaServer.start(SettingsLoader.load(null, Map.of(), flags));
        workspace = server.domain().workspace();
        tokens = new JwtTokens(
                server.domain().store().workspaces(),
                server.domain().ids(),
                server.domain().time());
        management = tokens.issueManagement(workspace, Duration.ofHours(1)).token();
    }

    /// A token for the management API.
    String management() {
        return management;
    }

    String base() {
        return "http://127.0.0.1:" + server.port();
    }

    Http.Answer get(String path) {
        return send("GET", path, null, management);
    }

    Http.Answer post(String path, String body) {
        return send("POST", path, body, management);
    }

    /// @param bearer null = without authorization
    Http.Answer send(String method, String path, @Nullable String body, @Nullable String bearer) {
        return Http.send(method, base() + path, body, bearer);
    }

    /// A new room of a template, made over the API.
    Room room(String templateId) {
        Http.Answer made =
                post("/v2/rooms", "{\"name\":\"it-" + UUID.randomUUID() + "\",\"template_id\":\"" + templateId + "\"}");
        if (made.status() != 200) {
            throw new AssertionError(made.json());
        }
        return server.domain()
                .store()
                .rooms()
                .byId(made.json().path("id").asString())
                .orElseThrow();
    }

    /// A new room of the default template, for conversations among hosts and guests.
    Room room() {
        return room(server.domain()
                .store()
                .templates()
                .defaultOf(workspace.id())
                .orElseThrow()
                .id());
    }

    /// Codes by role, made over the API.
    Map<String, String> codes(Room room) {
        post("/v2/room-codes/room/" + room.id(), "{}");
        List<RoomCode> codes = server.domain().store().roomCodes().ofRoom(room.id());
        Map<String, String> byRole = new HashMap<>();
        codes.forEach(code -> byRole.put(code.role(), code.code()));
        return byRole;
    }

    String token(Room room, String role) {
        return tokens.issueApp(workspace, room.id(), role, "user", Duration.ofHours(1))
                .token();
    }

    /// From a room code to an open socket, as the page does it.
    Participant enterByCode(String code) {
        Http.Answer token = send("POST", "/v2/token", "{\"code\":\"" + code + "\"}", null);
        if (token.status() != 200) {
            throw new AssertionError(token.json());
        }
        return enter(token.json().path("token").asString());
    }

    Participant enter(String token) {
        Http.Answer init = send("GET", "/init?peer_id=" + UUID.randomUUID(), null, token);
        if (init.status() != 200) {
            throw new AssertionError(init.json());
        }
        return Participant.connect(Http.CLIENT, init.json().path("endpoint").asString(), token);
    }

    /// Address of the web socket for those who skip `/init`.
    String endpoint() {
        return "ws://127.0.0.1:" + server.port() + "/v2/ws";
    }

    /// Enters, joins and publishes.
    Participant talk(Room room, String role) {
        Participant participant = enter(token(room, role));
        participant.join(role);
        participant.publish();
        return participant;
    }

    /// Value of one series of `/metrics`, name and labels as they stand there; 0 when it is not there.
    double metric(String series) {
        return send("GET", "/metrics", null, null)
                .raw()
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    double sfu(String event) {
        return metric("stoa_sfu_" + event + "_total");
    }

    @Override
    public void close() {
        server.close();
    }
}
