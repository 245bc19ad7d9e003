package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Settings of webhooks, their history and replay (server API reference, section 15), each answer held against the
/// contract. What goes out is tested with the whole server.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhooksApiTest {
    private static final String HISTORY = "/v2/analytics/webhooks";

    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String room(String name) {
        api.post("/v2/webhooks", "{\"url\":\"https://hooks.school.test/live\"}");
        return api.post("/v2/rooms", "{\"name\":\"" + name + "\"}").text("id");
    }

    private List<String> ids(String query) {
        return api.get(HISTORY + query).json().path("events").findValuesAsString("event_id");
    }

    @Test
    void settingsStayUnlessTheyAreGiven() {
        ApiServer.Answer made =
                api.post("/v2/webhooks", "{\"url\":\"https://hooks.school.test/a\",\"headers\":{\"X-A\":\"1\"}}");
        assertThat(made.status()).isEqualTo(200);
        ApiServer.Answer rotated = api.post("/v2/webhooks", "{\"rotate_signing_key\":true}");
        assertThat(rotated.text("url")).isEqualTo("https://hooks.school.test/a");
        assertThat(rotated.json().at("/headers/X-A").asString()).isEqualTo("1");
        assertThat(rotated.text("signing_key")).isNotEqualTo(made.text("signing_key"));
        assertThat(api.post("/v2/webhooks", "{\"url\":\"\"}").text("url")).isEmpty();
        assertThat(api.get("/v2/webhooks").text("signing_key")).isEqualTo(rotated.text("signing_key"));
        String stranger =
                api.tokens.issueManagement(api.stranger, Duration.ofHours(1)).token();
        assertThat(api.send("GET", "/v2/webhooks", null, Map.of("Authorization", "Bearer " + stranger))
                        .text("signing_key"))
                .isNotEqualTo(rotated.text("signing_key"));
    }

    @Test
    void addressesAndHeadersThatCannotBeSentAreRefused() {
        for (String body : List.of(
                "{\"url\":\"ftp://hooks.school.test/\"}",
                "{\"url\":\"https://user:password@hooks.school.test/\"}",
                "{\"headers\":{\"Host\":\"elsewhere\"}}",
                "{\"headers\":{\"X-A\":\"line\\r\\nX-B: 1\"}}",
                "{\"headers\":{\"X A\":\"1\"}}",
                "{\"headers\":{\"X-A\":1}}")) {
            ApiServer.Answer refused = api.post("/v2/webhooks", body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.details()).as(body).containsAnyOf("url", "headers");
        }
    }

    @Test
    void historyShowsWhatBecameOfEvents() {
        String room = room("history");
        String delivered = api.webhooks.settled(room, null);
        String failed = api.webhooks.settled(room, "status 503");

        assertThat(ids("?room_id=" + room)).containsExactly(failed, delivered);
        assertThat(ids("?status=success&room_id=" + room)).containsExactly(delivered);
        assertThat(ids("?event_names=peer.join.success&room_id=" + room)).isEmpty();
        JsonNode page = api.get(HISTORY + "?limit=1&page=2&room_id=" + room).json();
        assertThat(page.at("/events/0/event_id").asString()).isEqualTo(delivered);
        assertThat(page.at("/pagination/total_items").asInt()).isEqualTo(2);
        assertThat(page.at("/pagination/has_next").asBoolean(true)).isFalse();
        JsonNode first =
                api.get(HISTORY + "?status=failed&room_id=" + room).json().at("/events/0");
        assertThat(first.path("event_name").asString()).isEqualTo("reporter.webhook.delivery.failed");
        assertThat(first.at("/payload/error_reason").asString()).isEqualTo("status 503");
        assertThat(first.at("/payload/original_event_name").asString()).isEqualTo("session.open.success");
    }

    @Test
    void queriesOfHistoryThatAreWrongAreNamed() {
        Map.of(
                        "?start_time=yesterday",
                        "start_time",
                        "?start_time=2025-01-01T00:00:00Z",
                        "start_time",
                        "?end_time=2020-01-01T00:00:00Z",
                        "end_time",
                        "?status=maybe",
                        "status",
                        "?limit=ten",
                        "limit",
                        "?page=99999999999",
                        "page")
                .forEach((query, name) -> {
                    ApiServer.Answer refused = api.get(HISTORY + query);
                    assertThat(refused.status()).as(query).isEqualTo(400);
                    assertThat(refused.details()).contains(name);
                });
    }

    @Test
    void aReplayTellsHowFarItIsAndWhatFailed() {
        String room = room("replay");
        // Loopback is out of bounds, so that nothing leaves this machine and every attempt fails at once.
        api.post("/v2/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}");
        String failed = api.webhooks.settled(room, "status 500");
        String body = "{\"room_id\":\"" + room + "\",\"event_names\":[\"session.open.success\"]}";

        ApiServer.Answer started = api.post(HISTORY + "/replay", body);
        assertThat(started.text("status")).isEqualTo("started");
        assertThat(started.json().at("/filters/status").asString()).isEqualTo("failed");

        String progress = HISTORY + "/replay/" + started.text("workflow_id");
        JsonNode replay = api.get(progress).json();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (replay.path("status").asString().equals("Running") && System.nanoTime() < deadline) {
            replay = api.get(progress).json();
        }
        assertThat(replay.path("status").asString()).isEqualTo("failed");
        assertThat(replay.at("/result/failed_events/0").asString()).isEqualTo(failed);
        assertThat(api.get(progress.replace("analytics/", "analytics/events/")).json())
                .isEqualTo(replay);
        assertThat(api.get(HISTORY + "/replay/unknown").status()).isEqualTo(404);
    }
}
