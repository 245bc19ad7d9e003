package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who changed what, when and with which outcome; nothing else.
final class AuditLogTest {
    private final ApiServer api = new ApiServer();

    @AfterEach
    void stop() {
        api.close();
    }

    private List<JsonNode> entries(String query) {
        List<JsonNode> entries = new ArrayList<>();
        api.get("/v2/audit-log" + query).json().path("data").forEach(entries::add);
        return entries;
    }

    private static String line(JsonNode entry) {
        return entry.path("method").asString() + " " + entry.path("path").asString() + " "
                + entry.path("object").asString() + " " + entry.path("status").asInt();
    }

    @Test
    void aCallIsNotedWithItsActorTimeObjectAndOutcome() {
        String room = api.post("/v2/rooms", "{\"name\":\"physics\"}").text("id");
        api.time.advance(Duration.ofSeconds(1));
        api.post("/v2/rooms/" + room, "{\"size\":-1}");
        api.time.advance(Duration.ofSeconds(1));
        api.delete("/v2/access-keys/nobody");

        List<JsonNode> entries = entries("");

        assertThat(entries)
                .extracting(AuditLogTest::line)
                .containsExactly(
                        "DELETE /v2/access-keys/{key} nobody 404",
                        "POST /v2/rooms/{room} " + room + " 400",
                        "POST /v2/rooms " + room + " 200");
        assertThat(entries.getFirst().at("/actor/type").asString()).isEqualTo("key");
        assertThat(entries.getFirst().at("/actor/id").asString()).isEqualTo(api.workspace.accessKey());
        assertThat(entries.getFirst().path("created_at").asString()).isEqualTo("2026-03-02T08:00:02.125Z");
    }

    @Test
    void readingAndWhatStrangersTryLeaveNoTrace() {
        api.get("/v2/rooms");
        api.get("/v2/rooms/unknown");
        api.send("POST", "/v2/rooms", "{}", Map.of());
        api.send("POST", "/v2/rooms", "{}", Map.of("Authorization", "Bearer x"));

        assertThat(entries("")).isEmpty();
    }

    @Test
    void aCallThatBreaksTheServerOrIsTooBigIsNotedAsWell() {
        api.post("/v2/rooms", "{\"name\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(entries("")).extracting(AuditLogTest::line).containsExactly("POST /v2/rooms  413");
    }

    @Test
    void neitherSecretsNorRoomCodesNorBodiesAreInIt() {
        ApiServer.Answer pair = api.post("/v2/access-keys", "");
        String room = api.post("/v2/rooms", "{\"name\":\"quiet-please\"}").text("id");
        String code = api.post("/v2/room-codes/room/" + room, "")
                .json()
                .at("/data/0/code")
                .asString();
        api.post("/v2/room-codes/code", "{\"code\":\"" + code + "\",\"enabled\":false}");
        api.post("/v2/webhooks", "{\"url\":\"https://hooks.school.test/a\",\"headers\":{\"X-A\":\"swordfish\"}}");

        String log = api.get("/v2/audit-log").raw().body();

        assertThat(log).contains(pair.text("access_key"), room, "/v2/webhooks");
        assertThat(log)
                .doesNotContain(pair.text("secret"))
                .doesNotContain(code)
                .doesNotContain("swordfish")
                .doesNotContain("quiet-please")
                .doesNotContain(api.management);
    }

    @Test
    void itIsReadPageByPageAndByActor() {
        for (int i = 0; i < 12; i++) {
            api.post("/v2/rooms", "{\"name\":\"r-" + i + "\"}");
        }
        ApiServer.Answer first = api.get("/v2/audit-log?limit=10");

        assertThat(first.json().path("data")).hasSize(10);
        assertThat(entries("?limit=10&start=" + first.text("last"))).hasSize(2);
        assertThat(entries("?limit=20&actor=" + api.workspace.accessKey())).hasSize(12);
        assertThat(entries("?actor=nobody")).isEmpty();
        assertThat(api.get("/v2/audit-log?limit=many").status()).isEqualTo(400);
    }

    @Test
    void othersDoNotSeeIt() {
        api.post("/v2/rooms", "{}");
        String stranger =
                api.tokens.issueManagement(api.stranger, Duration.ofHours(1)).token();

        ApiServer.Answer theirs = api.send("GET", "/v2/audit-log", null, Map.of("Authorization", "Bearer " + stranger));

        assertThat(theirs.status()).isEqualTo(200);
        assertThat(theirs.json().path("data")).isEmpty();
    }
}
