package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Sections 14.1 and 17 of the server API reference, and the record of a session.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EventsTest {
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
        return api.post("/v2/rooms", "{\"name\":\"" + name + "\"}").text("id");
    }

    private void happened(String room, String session, int number, String type, Instant at) {
        api.store
                .history()
                .save(new HistoryEvent(
                        api.ids.uuid(),
                        at.toEpochMilli() * 1000 + number,
                        api.workspace.id(),
                        room,
                        session,
                        "peer-" + number,
                        "user",
                        type,
                        type.endsWith("failed"),
                        at,
                        Map.of("room_id", room, "n", number)));
    }

    @Test
    void pagesDoNotShiftWhileMoreHappens() {
        String room = room("paged");
        Instant now = api.time.now().minusSeconds(60);
        for (int i = 0; i < 7; i++) {
            happened(room, "s", i, "track.add.success", now);
        }
        List<Integer> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = api.get("/v2/analytics/events?limit=3&room_id=" + room + "&start=" + next)
                    .json();
            page.path("events").forEach(event -> seen.add(event.at("/data/n").asInt()));
            assertThat(page.path("total").asInt()).isEqualTo(7);
            happened(
                    room,
                    "s",
                    100 + seen.size(),
                    "track.add.success",
                    api.time.now().plusSeconds(60));
            next = page.path("next").asString();
        } while (!next.isEmpty());
        assertThat(seen).containsExactly(6, 5, 4, 3, 2, 1, 0);
    }

    @Test
    void eventsAreFiltered() {
        String room = room("filtered");
        Instant now = api.time.now().minusSeconds(60);
        happened(room, "s-1", 1, "track.add.success", now);
        happened(room, "s-2", 2, "track.remove.success", now);
        happened(room, "s-1", 3, "client.join.failed", now);
        happened(room, "s-1", 4, "role.change.success", now);
        happened(room, "s-1", 5, "track.add.success", now.minus(Duration.ofDays(31)));
        String path = "/v2/analytics/events?room_id=" + room;

        assertThat(numbers(path))
                .as("not older than 30 days, and of the public types")
                .containsExactly(3, 2, 1);
        assertThat(numbers(path + "&type=track.add.success&type=track.remove.success"))
                .containsExactly(2, 1);
        assertThat(numbers(path + "&session_id=s-1")).containsExactly(3, 1);
        assertThat(numbers(path + "&peer_id=peer-2")).containsExactly(2);
        assertThat(numbers(path + "&error=true")).containsExactly(3);
        assertThat(numbers("/v2/analytics/events?room_id=" + room("another"))).isEmpty();
    }

    private List<Integer> numbers(String path) {
        List<Integer> numbers = new ArrayList<>();
        api.get(path)
                .json()
                .path("events")
                .forEach(event -> numbers.add(event.at("/data/n").asInt()));
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({
        "'', room_id is missing",
        "room_id=x&limit=0, limit must be between 1 and 100",
        "room_id=x&limit=101, limit must be between 1 and 100",
        "room_id=x&error=1, error must be true or false",
        "room_id=x&type=role.change.success, type must be one of",
        "room_id=x&start=abc, start must be next of a page before",
        "room_id=x&start=MSAxIDEgYQ, 'start must be next of a page before, of the last 24 hours'"
    })
    void badQueriesAreNamed(String query, String detail) {
        ApiServer.Answer refused = api.get("/v2/analytics/events?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.details()).contains(detail);
    }

    @Test
    void theRecordOfASessionHasEverything() {
        String room = room("recorded");
        String session = api.ids.objectId();
        Instant now = api.time.now().minusSeconds(60);
        api.store.sessions().save(new SessionRecord(session, api.workspace.id(), room, now, null));
        happened(room, session, 1, "role.change.success", now);
        happened(room, session, 2, "session.messages", now);

        assertThat(numbers("/v2/sessions/" + session + "/events")).containsExactly(2, 1);
        assertThat(api.get("/v2/sessions/unknown/events").status()).isEqualTo(404);
    }

    private ApiServer.Answer report(String path, String room, String body) {
        String token = api.tokens
                .issueApp(api.workspace, room, "host", "u-7", Duration.ofHours(1))
                .token();
        return api.send(
                "POST",
                path,
                body,
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "user_agent_v2",
                        "os:web_windows,os_version:10,sdk:web,sdk_version:0.15.2,unknown:x"));
    }

    @Test
    void failuresThatClientsReportBecomeAnalytics() {
        String room = room("reported");
        report("/v2/client/report", room, """
                {"event":"publish.failed","event_id":"e","timestamp":1,"device_id":"d",
                 "peer":{"peer_id":"p-1","role":"forged","room_id":"forged","session_id":"s-1","user_name":"Anna"},
                 "payload":{"error_code":3008,"error_name":"AutoplayError","error_message":"m","action":"PUBLISH",
                   "is_terminal":true,"devices":{}}}""");
        report("/v2/client/report", room, "{\"event\":\"device.change.success\"}");
        report("/v2/client/report", room, "{\"event\":7,\"peer\":[],\"payload\":\"x\"}");

        JsonNode events = api.get("/v2/analytics/events?error=true&room_id=" + room)
                .json()
                .path("events");
        assertThat(events).hasSize(1);
        JsonNode data = events.path(0).path("data");
        assertThat(events.path(0).path("type").asString()).isEqualTo("client.publish.failed");
        assertThat(data.path("room_id").asString()).as("from the token").isEqualTo(room);
        assertThat(data.path("role").asString()).isEqualTo("host");
        assertThat(data.path("user_id").asString()).isEqualTo("u-7");
        assertThat(data.path("error_code").asInt()).isEqualTo(3008);
        assertThat(data.path("is_terminal").asBoolean()).isTrue();
        assertThat(data.at("/agent/sdk_version").asString()).isEqualTo("0.15.2");
        assertThat(data.path("agent").has("unknown")).isFalse();
    }

    @Test
    void opinionsAreKeptWithTheSession() {
        String room = room("opinions");
        String session = api.ids.objectId();
        api.store.sessions().save(new SessionRecord(session, api.workspace.id(), room, api.time.now(), null));

        assertThat(report("/v2/client/feedback", room, """
                        {"peer":{"peer_id":"p-1","session_id":"%s"},"payload":{"question":"How was it?","rating":4,
                         "min_rating":1,"max_rating":5,"reasons":["sound",7],"comment":"fine"}}""".formatted(session)).status())
                .isEqualTo(200);

        JsonNode event = api.get("/v2/sessions/" + session + "/events").json().at("/events/0");
        assertThat(event.path("type").asString()).isEqualTo("client.feedback");
        assertThat(event.at("/data/rating").asInt()).isEqualTo(4);
        assertThat(event.at("/data/comment").asString()).isEqualTo("fine");
    }
}
