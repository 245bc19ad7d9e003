package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What holds for all endpoints (sections 1.2 and 1.5 of the server API reference, 1.9 of the signal reference), and
/// the endpoints that clients call (section 17).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpRulesTest {
    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private static String origin(ApiServer.Answer answer) {
        return answer.raw().headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    private static void assertError(ApiServer.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json().path("code").asInt()).isEqualTo(status);
        assertThat(answer.text("message")).isNotEmpty();
        assertThat(origin(answer)).isEqualTo("*");
    }

    @Test
    void everyErrorIsJsonAndReadableFromOtherOrigins() {
        assertError(api.get("/v2/nothing"), 404);
        assertError(api.get("/v2/rooms/unknown"), 404);
        assertError(api.send("GET", "/v2/rooms", null, Map.of()), 401);
        assertError(api.post("/v2/rooms", "{\"size\":-1}"), 400);
        assertError(api.get("/v2/broken"), 500);
        assertThat(api.get("/v2/broken").raw().body()).doesNotContain("a fault of the server");
    }

    /// Such addresses are refused before any route; no client library would send them.
    @ParameterizedTest
    @ValueSource(strings = {"/v2/rooms/%zz", "/v2/rooms/%ff", "/v2/rooms/ x"})
    void anAddressThatCannotBeDecodedIsRefusedAsJson(String target) throws IOException {
        String answer = api.sendRaw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Type: application/json");
        assertThat(answer)
                .endsWith("{\"code\":400,\"message\":\"bad request\"}")
                .doesNotContain(target);
    }

    @Test
    void aWrongMethodIsNamed() {
        ApiServer.Answer wrong = api.send("PUT", "/v2/rooms", "{}", Map.of());
        assertError(wrong, 405);
        assertThat(wrong.raw().headers().firstValue("Allow").orElse(""))
                .contains("GET")
                .contains("POST");
        assertError(api.get("/v2/token"), 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "\"text\"", "{\"a\":1} x", "{'a':1}", "\u0000"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        ApiServer.Answer refused = api.post("/v2/rooms", body);
        assertError(refused, 400);
        assertThat(refused.text("message")).isEqualTo("Invalid body");
    }

    @Test
    void deepBodiesAreRefused() {
        assertError(api.post("/v2/rooms", "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"), 400);
    }

    @Test
    void bodiesEndAtOneMegabyte() {
        byte[] big = ("{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        Map<String, String> auth = Map.of("Authorization", "Bearer " + api.management);

        assertError(api.sendBytes("POST", "/v2/rooms", HttpRequest.BodyPublishers.ofByteArray(big), auth), 413);
        assertError(
                api.sendBytes(
                        "POST",
                        "/v2/rooms",
                        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)),
                        auth),
                413);
        assertError(api.sendBytes("POST", "/v2/token", HttpRequest.BodyPublishers.ofByteArray(big), Map.of()), 413);
    }

    @Test
    void aTrailingSlashIsTolerated() {
        assertThat(api.get("/v2/rooms/").status()).isEqualTo(200);
        assertThat(api.get("/v2/sessions/").status()).isEqualTo(200);
        assertThat(api.post("/v2/templates/", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/init,GET,authorization",
        "/v2/token,POST,content-type",
        "/v2/layouts/ui,GET,authorization",
        "/v2/client/report,POST,'authorization,content-type,user_agent_v2'",
        "/v2/client/feedback,POST,authorization"
    })
    void preflightsAreGranted(String path, String method, String headers) {
        ApiServer.Answer answer = api.send(
                "OPTIONS",
                path,
                null,
                Map.of(
                        "Origin", "https://app.example.org",
                        "Access-Control-Request-Method", method,
                        "Access-Control-Request-Headers", headers));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(origin(answer)).isEqualTo("*");
        assertThat(answer.raw()
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElse(""))
                .contains(method);
        String allowed = answer.raw()
                .headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElse("")
                .toLowerCase(Locale.ROOT);
        assertThat(List.of(headers.split(",")))
                .allSatisfy(header -> assertThat(allowed).contains(header));
    }

    private String appToken(String roomName, String role) {
        String room =
                api.get("/v2/rooms?name=" + roomName).json().at("/data/0/id").asString();
        return api.tokens
                .issueApp(api.workspace, room, role, "u-1", Duration.ofHours(1))
                .token();
    }

    private ApiServer.Answer layouts(String token) {
        return api.send("GET", "/v2/layouts/ui", null, Map.of("Authorization", "Bearer " + token));
    }

    @Test
    void theFirstLayoutIsThatOfTheAskersRole() {
        ApiServer.Answer layouts = layouts(appToken("video-conferencing", "guest"));

        assertThat(layouts.status()).isEqualTo(200);
        assertThat(layouts.json().path("data")).hasSize(2);
        JsonNode first = layouts.json().at("/data/0");
        assertThat(first.path("role").asString()).isEqualTo("guest");
        assertThat(first.at("/themes/0/palette").propertyNames()).hasSize(31);
        assertThat(first.at("/screens/conferencing").propertyNames()).containsExactly("default");
        assertThat(first.at("/screens/preview/default/elements/join_form/join_btn_type")
                        .asString())
                .isEqualTo("JOIN_BTN_TYPE_JOIN_ONLY");
    }

    @Test
    void whoWatchesTheStreamGetsItsLayout() {
        JsonNode first = layouts(appToken("live-streaming", "viewer-near-realtime"))
                .json()
                .at("/data/0");
        assertThat(first.at("/screens/conferencing").propertyNames()).containsExactly("hls_live_streaming");
    }

    @Test
    void tokensOfUnknownRoomsAndRolesGetNoLayout() {
        assertError(layouts(appToken("video-conferencing", "king")), 404);
        String nowhere = api.tokens
                .issueApp(api.workspace, "6601f0a1c2d3e4f5a6b7c8ff", "host", "u", Duration.ofHours(1))
                .token();
        assertError(layouts(nowhere), 404);
        String room = api.get("/v2/rooms?name=webinar").json().at("/data/0/id").asString();
        assertError(
                layouts(api.tokens
                        .issueApp(api.stranger, room, "host", "u", Duration.ofHours(1))
                        .token()),
                404);
        assertError(layouts(api.management), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/client/report", "/v2/client/feedback"})
    void reportsAreTakenFromClientsOnly(String path) {
        String token = appToken("video-conferencing", "guest");
        String report = "{\"event\":\"join.failed\",\"payload\":{}}";

        assertThat(api.send("POST", path, report, Map.of("Authorization", "Bearer " + token))
                        .status())
                .isEqualTo(200);
        assertError(api.send("POST", path, report, Map.of()), 401);
        assertError(api.post(path, report), 401);
    }

    @Test
    void sessionsAreListedWithTheirPeers() {
        String room = api.post("/v2/rooms", "{\"name\":\"with-session\"}").text("id");
        Instant start = Instant.parse("2026-03-02T16:00:04.510Z");
        String id = api.ids.objectId();
        api.store.sessions().save(new SessionRecord(id, api.workspace.id(), room, start, null));
        api.store.sessions().savePeer(new PeerRecord("p-1", id, "Anna", "host", "u-1", "", start, null));

        JsonNode session =
                api.get("/v2/sessions?room_id=" + room + "&active=true").json().at("/data/0");
        assertThat(session.path("id").asString()).isEqualTo(id);
        assertThat(session.path("active").asBoolean()).isTrue();
        assertThat(session.at("/peers/p-1/name").asString()).isEqualTo("Anna");
        assertThat(session.at("/peers/p-1").has("left_at")).isFalse();

        api.store.sessions().end(id, start.plusSeconds(90));
        ApiServer.Answer ended = api.get("/v2/sessions/" + id);
        assertThat(ended.json().path("active").asBoolean(true)).isFalse();
        assertThat(ended.text("updated_at")).isEqualTo("2026-03-02T16:01:34.510Z");
        assertThat(ended.json().at("/peers/p-1/left_at").asString()).isEqualTo("2026-03-02T16:01:34.510Z");
        assertThat(api.get("/v2/sessions?room_id=" + room + "&active=true")
                        .json()
                        .path("data"))
                .isEmpty();
        assertError(api.get("/v2/sessions/unknown"), 404);
    }
}
