package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.LiveRooms;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// `GET /init`: every refusal is JSON with a code, and never 404.
@Timeout(60)
class InitTest {
    private static final String PEER = "6f0a4b5e-8c1d-4a2b-9e3f-0123456789ab";
    private static final String OK = "/init?peer_id=" + PEER;

    private SignalServer server = new SignalServer();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> init(String path, String token) throws Exception {
        return server.get(path, Map.of("Authorization", "Bearer " + token));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return Conversation.JSON.readTree(response.body());
    }

    @Test
    void clientsLearnWhereToConnect() throws Exception {
        JsonNode body = json(init(OK + "&user_agent_v2=os:web_Linux,sdk:web", FakeTokens.GOOD));

        assertThat(body.path("endpoint").stringValue()).isEqualTo("ws://" + server.base() + "/v2/ws");
        assertThat(body.path("config").isObject()).isTrue();
        assertThat(body.path("config").path("enabledFlags").isArray()).isTrue();
        assertThat(body.path("rtcConfiguration").path("ice_servers").isArray()).isTrue();
    }

    @Test
    void behindAProxyTheSocketIsEncryptedToo() throws Exception {
        JsonNode body = json(
                server.get(OK, Map.of("Authorization", "Bearer " + FakeTokens.GOOD, "X-Forwarded-Proto", "https")));

        assertThat(body.path("endpoint").stringValue()).startsWith("wss://");
    }

    @Test
    void settingsReachClients() throws Exception {
        server.close();
        server = new SignalServer(new SignalSettings(
                "https://live.example.org",
                List.of(new SignalSettings.IceServer(List.of("turn:turn.example.org"), "user", "secret")),
                List.of("subscribeDegradation"),
                Duration.ofSeconds(75),
                1024,
                1024,
                Duration.ZERO));

        JsonNode body = json(init(OK, FakeTokens.GOOD));

        assertThat(body.path("endpoint").stringValue()).isEqualTo("wss://live.example.org/v2/ws");
        assertThat(body.path("config").path("enabledFlags").path(0).stringValue())
                .isEqualTo("subscribeDegradation");
        assertThat(body.path("rtcConfiguration").path("ice_servers").path(0).toString())
                .isEqualTo("{\"urls\":[\"turn:turn.example.org\"],\"username\":\"user\",\"credential\":\"secret\"}");
    }

    @ParameterizedTest
    @CsvSource({"'', token is missing", "expired, expired", "forged, signature is invalid"})
    void aTokenThatDoesNotHoldIs401(String token, String reason) throws Exception {
        HttpResponse<String> response = init(OK, token);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).path("code").intValue()).isEqualTo(401);
        assertThat(json(response).path("message").stringValue()).contains(reason);
    }

    @Test
    void withoutAuthorizationItIs401() throws Exception {
        assertThat(server.get(OK, Map.of()).statusCode()).isEqualTo(401);
        assertThat(server.get(OK, Map.of("Authorization", "Basic " + FakeTokens.GOOD))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/init", "/init?peer_id=", "/init?peer_id=me", "/init?peer_id=" + PEER + "0"})
    void aPeerIdThatIsNoUuidIs400(String path) throws Exception {
        HttpResponse<String> response = init(path, FakeTokens.GOOD);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("code").intValue()).isEqualTo(400);
    }

    @Test
    void aDisabledRoomIs403() throws Exception {
        server.rooms.admission = new LiveRooms.Admission.Refused(403, "the room is disabled");

        HttpResponse<String> response = init(OK, FakeTokens.GOOD);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("message").stringValue()).isEqualTo("the room is disabled");
    }

    /// Official clients wait for ever after a 404.
    @Test
    void whatDoesNotExistIs403() throws Exception {
        server.rooms.admission = new LiveRooms.Admission.Refused(404, "no such room");

        HttpResponse<String> response = init(OK, FakeTokens.GOOD);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("code").intValue()).isEqualTo(403);
    }

    @Test
    void whoIsStillSeatedComesBackWithAnExpiredToken() throws Exception {
        server.rooms.seated.add(PEER);

        assertThat(init(OK, FakeTokens.EXPIRED).statusCode()).isEqualTo(200);
    }

    @Test
    void theNetworkProbeIsSomethingToMeasureAndNotKept() throws Exception {
        String url = json(init(OK, FakeTokens.GOOD))
                .path("config")
                .path("networkHealth")
                .path("url")
                .stringValue();

        HttpResponse<String> probe = server.get(url.substring(url.indexOf("/v2")) + "?1", Map.of());

        assertThat(probe.statusCode()).isEqualTo(200);
        assertThat(probe.body()).hasSizeGreaterThan(100 * 1024);
        assertThat(probe.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
