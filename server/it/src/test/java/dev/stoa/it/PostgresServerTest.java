package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.rooms.room.Room;
import dev.stoa.store.PostgresSettings;
import dev.stoa.store.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole server on PostgreSQL, which is killed while a conversation runs and comes back.
@Timeout(180)
class PostgresServerTest {
    @TempDir
    Path data;

    private static JsonNode session(TestServer server, Room room) {
        return server.get("/v2/sessions?room_id=" + room.id()).json().at("/data/0");
    }

    private static void awaitTaken(Receiver receiver, String type) {
        await().atMost(Duration.ofSeconds(40)).until(() -> receiver.taken().contains(type));
    }

    @Test
    void aConversationOutlivesTheDatabaseAndItsRecordIsWrittenWhenThatIsBack() throws Exception {
        try (TestPostgres postgres = TestPostgres.start();
                Receiver receiver = new Receiver()) {
            PostgresSettings database = postgres.newDatabase();
            Map<String, String> settings = Map.of(
                    "store-url", database.url(),
                    "store-user", String.valueOf(database.user()),
                    "webhook-networks", "127.0.0.0/8");
            try (TestServer server = new TestServer(data, settings)) {
                assertThat(Files.exists(data.resolve("stoa.db"))).isFalse();
                server.post("/v2/webhooks", "{\"url\":\"" + receiver.url() + "\"}");
                Room room = server.room();
                String host = server.token(room, "host");
                try (Conversation conversation = new Conversation(server, room, "host")) {
                    await().until(() -> session(server, room).path("peers").size() == 2);
                    assertThat(session(server, room).path("active").asBoolean()).isTrue();
                    awaitTaken(receiver, "peer.join.success");

                    postgres.kill();
                    assertUnavailable(server);
                    conversation.assertGoesOn();
                    conversation.ravi.leave();
                    await().until(() -> conversation.asha.signal().notices("on-peer-leave").stream()
                            .anyMatch(left -> left.path("peer_id").asString().equals(conversation.ravi.peerId())));
                    assertThat(receiver.taken()).doesNotContain("peer.leave.success");
                    await().until(() -> server.metric("stoa_session_records_waiting") > 0);

                    postgres.restart();
                    awaitTaken(receiver, "peer.leave.success");
                    JsonNode left = session(server, room).path("peers").path(conversation.ravi.peerId());
                    assertThat(left.path("left_at").isString()).isTrue();
                    assertThat(session(server, room).path("active").asBoolean()).isTrue();
                    try (Participant cleo = server.enter(host)) {
                        cleo.join("Cleo");
                        await().until(() -> session(server, room).path("peers").size() == 3);
                        cleo.leave();
                    }
                    conversation.asha.leave();
                }
                awaitTaken(receiver, "session.close.success");
                assertThat(session(server, room).path("active").asBoolean(true)).isFalse();
                assertThat(server.metric("stoa_session_records_lost_total")).isZero();
            }
        }
    }

    /// Within the seconds that the guide promises.
    private static void assertUnavailable(TestServer server) {
        long asked = System.nanoTime();
        Http.Answer refused = server.get("/v2/rooms");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.json().path("message").asString()).isEqualTo("the database is not available; try again");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
        assertThat(server.metric("stoa_store_unavailable_total")).isPositive();
    }
}
