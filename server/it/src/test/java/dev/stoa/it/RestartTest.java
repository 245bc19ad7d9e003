package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.app.Domain;
import dev.stoa.app.settings.SettingsLoader;
import dev.stoa.client.Participant;
import dev.stoa.rooms.room.Room;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What outlives the server process, however it ends.
@Timeout(120)
class RestartTest {
    @TempDir
    Path data;

    private final int port = StoaProcess.freePort();
    private final String base = "http://127.0.0.1:" + port;
    private String management = "";
    private String guest = "";
    private String roomId = "";

    @BeforeEach
    void prepare() throws Exception {
        try (Domain domain = Domain.open(SettingsLoader.load(null, Map.of(), Map.of("data", data.toString())))) {
            JwtTokens tokens = new JwtTokens(domain.store().workspaces(), domain.ids(), domain.time());
            Room room = domain.demoRooms().getFirst().room();
            roomId = room.id();
            management = tokens.issueManagement(domain.workspace(), Duration.ofHours(1))
                    .token();
            guest = tokens.issueApp(domain.workspace(), roomId, "host", "user-7", Duration.ofHours(1))
                    .token();
        }
    }

    private StoaProcess serve() {
        StoaProcess process = StoaProcess.java(
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--media-port",
                "0",
                "--public-address",
                "127.0.0.1",
                "--data",
                data.toString());
        process.ready();
        return process;
    }

    private Participant join() {
        Http.Answer init = Http.get(base + "/init?peer_id=" + UUID.randomUUID(), guest);
        Participant participant =
                Participant.connect(Http.CLIENT, init.json().path("endpoint").asString(), guest);
        participant.join("Asha");
        return participant;
    }

    private JsonNode sessions() {
        return Http.get(base + "/v2/sessions?room_id=" + roomId, management)
                .json()
                .path("data");
    }

    private void awaitRecorded(Participant participant) {
        await().until(() -> sessions().path(0).path("peers").has(participant.peerId()));
    }

    @Test
    void sessionsAndTheirPeersSurviveAKilledProcess() {
        Participant participant;
        String room;
        try (StoaProcess process = serve()) {
            room = Http.send("POST", base + "/v2/rooms", "{\"name\":\"survivor\"}", management)
                    .json()
                    .path("id")
                    .asString();
            participant = join();
            awaitRecorded(participant);
            process.kill();
        }
        try (participant;
                StoaProcess process = serve()) {
            assertThat(Http.get(base + "/v2/rooms/" + room, management)
                            .json()
                            .path("name")
                            .asString())
                    .isEqualTo("survivor");
            JsonNode session = sessions().path(0);
            assertThat(session.path("active").asBoolean()).isFalse();
            JsonNode peer = session.path("peers").path(participant.peerId());
            assertThat(peer.path("name").asString()).isEqualTo("Asha");
            assertThat(peer.path("user_id").asString()).isEqualTo("user-7");
            assertThat(peer.path("left_at").asString()).isNotEmpty();

            forgottenClientsAreToldToJoinAgain(participant);
            process.kill();
        }
    }

    /// A client that outlived the process comes back to a server that does not know it: it must not wait for ever.
    private void forgottenClientsAreToldToJoinAgain(Participant participant) {
        participant.reconnect();
        await().until(() -> !participant.signal().notices("on-policy-change").isEmpty());

        JsonNode answer = participant.offer(participant.plainOffer());

        assertThat(answer.has("error")).isTrue();
        await().until(() -> !participant.signal().notices("on-error").isEmpty());
        assertThat(participant
                        .signal()
                        .notices("on-error")
                        .getFirst()
                        .path("code")
                        .intValue())
                .isEqualTo(410);
    }

    /// A number out of the running server's database, -1 when there is none.
    private long stored(String query) {
        String url = "jdbc:sqlite:" + data.resolve("stoa.db") + "?open_mode=1";
        try (Connection database = DriverManager.getConnection(url);
                ResultSet rows = database.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException busy) {
            throw new AssertionError(busy);
        }
    }

    @Test
    void messagesAndTheTimeOfAKilledServerAreKept() {
        String alive = "SELECT happened_at FROM server_times WHERE name = 'ALIVE'";
        long lastSeen;
        long killed;
        try (StoaProcess process = serve();
                Participant participant = join()) {
            awaitRecorded(participant);
            for (int i = 0; i < 7; i++) {
                assertThat(participant.say("message " + i).has("result")).isTrue();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> stored("SELECT messages FROM sessions") == 7);
            long first = stored(alive);
            await().atMost(Duration.ofSeconds(30)).until(() -> stored(alive) > first);
            lastSeen = stored(alive);
            process.kill();
            killed = System.currentTimeMillis();
        }
        try (StoaProcess process = serve()) {
            JsonNode session = sessions().path(0);
            JsonNode newest = Http.get(
                            base + "/v2/sessions/" + session.path("id").asString() + "/events", management)
                    .json()
                    .at("/events/0");
            assertThat(newest.path("type").asString()).isEqualTo("session.messages");
            assertThat(newest.at("/data/messages").asLong()).isEqualTo(7);
            JsonNode peer = session.path("peers").iterator().next();
            assertThat(Instant.parse(peer.path("left_at").asString()).toEpochMilli())
                    .isBetween(lastSeen, killed);
            process.kill();
        }
    }

    @Test
    void aCleanEndTellsPeersAndClosesTheirSession() {
        Participant participant;
        try (StoaProcess process = serve()) {
            participant = join();
            awaitRecorded(participant);

            process.terminate();

            assertThat(process.status()).isZero();
        }
        try (participant;
                StoaProcess process = serve()) {
            assertThat(participant.signal().notices("on-peer-leave-request")).hasSize(1);
            assertThat(participant.signal().closeCode()).isEqualTo(1000);
            assertThat(sessions().path(0).path("active").asBoolean()).isFalse();
            assertThat(sessions().path(0).path("peers").has(participant.peerId()))
                    .isTrue();
            process.kill();
        }
    }
}
