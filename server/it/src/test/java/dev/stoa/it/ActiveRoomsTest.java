package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.rooms.room.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A backend and people in a room at the same time: section 5 of the server API reference over the whole server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActiveRoomsTest {
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        server = new TestServer(data, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static JsonNode notice(Participant participant, String method, String pointer, String value) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> participant.signal().notices(method).stream()
                                .filter(notice ->
                                        notice.at(pointer).asString("").equals(value))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void aBackendSeesChangesAndRemovesPeople() {
        Room room = server.room();
        String path = "/v2/active-rooms/" + room.id();
        assertThat(server.get(path).status()).isEqualTo(404);

        try (Participant host = server.talk(room, "host");
                Participant guest = server.talk(room, "guest")) {
            assertThat(server.get(path).json().at("/session/peers")).hasSize(2);
            assertThat(server.get(path + "/peers?role=guest")
                            .json()
                            .path("peers")
                            .propertyNames())
                    .containsExactly(guest.peerId());
            assertThat(server.get(path + "/peers/" + guest.peerId())
                            .json()
                            .path("tracks")
                            .propertyNames())
                    .containsExactlyInAnyOrder(guest.audioId(), guest.videoId());

            server.post(path + "/send-message", "{\"message\":\"welcome\"}");
            JsonNode message = notice(host, "on-broadcast", "/info/message", "welcome");
            assertThat(message.has("peer")).isFalse();

            Http.Answer changed =
                    server.post(path + "/peers/" + guest.peerId(), "{\"role\":\"host\",\"name\":\"Promoted\"}");
            assertThat(changed.json().path("role").asString()).isEqualTo("host");
            assertThat(changed.json().path("tracks")).hasSize(2);
            notice(guest, "on-policy-change", "/name", "host");
            notice(host, "on-peer-update", "/info/name", "Promoted");

            server.post(path + "/remove-peers", "{\"peer_id\":\"" + guest.peerId() + "\",\"reason\":\"late\"}");
            notice(guest, "on-peer-leave-request", "/reason", "late");
            assertThat(server.get(path + "/peers/" + guest.peerId()).status()).isEqualTo(404);

            server.post(path + "/end-room", "{\"lock\":true}");
            assertThat(notice(host, "on-peer-leave-request", "/reason", "")
                            .path("room_end")
                            .asBoolean())
                    .isTrue();
        }

        await().untilAsserted(() -> assertThat(server.get("/v2/rooms/" + room.id())
                        .json()
                        .path("enabled")
                        .asBoolean(true))
                .isFalse());
        assertThat(server.get(path).status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(kept(room))
                .contains(
                        "track.add.success",
                        "track.remove.success",
                        "role.change.success",
                        "room.end.success",
                        "session.messages"));
        assertThat(server.get("/v2/analytics/events?type=track.add.success&room_id=" + room.id())
                        .json()
                        .path("total")
                        .asInt())
                .as("microphone and camera of two people")
                .isEqualTo(4);
    }

    private List<String> kept(Room room) {
        String session = server.get("/v2/sessions?room_id=" + room.id())
                .json()
                .at("/data/0/id")
                .asString();
        List<String> types = new ArrayList<>();
        server.get("/v2/sessions/" + session + "/events?limit=100")
                .json()
                .path("events")
                .forEach(event -> types.add(event.path("type").asString()));
        return types;
    }
}
