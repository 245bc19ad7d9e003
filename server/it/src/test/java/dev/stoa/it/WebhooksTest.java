package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.client.SignalClient;
import dev.stoa.rooms.room.Room;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks from what happens in a room to a backend (server API reference, sections 15 and 18).
@Timeout(120)
class WebhooksTest {
    private static final List<String> WHOLE_SESSION =
            List.of("session.open.success", "peer.join.success", "peer.leave.success", "session.close.success");

    @TempDir
    Path data;

    private TestServer server;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        server = new TestServer(data, Map.of("webhook-networks", "127.0.0.0/8"));
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private JsonNode configure(String url) {
        Http.Answer answer =
                server.post("/v2/webhooks", "{\"url\":\"" + url + "\",\"headers\":{\"X-Secret\":\"k-19\"}}");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private Participant join(Room room, String role, String name) {
        Participant participant = server.enter(server.token(room, role));
        participant.join(name);
        return participant;
    }

    private void wholeSession(Room room) {
        try (Participant anna = join(room, "host", "Anna")) {
            anna.leave();
        }
    }

    private void awaitTaken(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> receiver.taken().size() >= count);
    }

    @Test
    void aSessionIsToldInOrderSignedAndWithTheConfiguredHeaders() throws Exception {
        String key = configure(receiver.url()).path("signing_key").asString();
        Room room = server.room();
        wholeSession(room);

        awaitTaken(4);
        assertThat(receiver.taken()).isEqualTo(WHOLE_SESSION);
        for (Receiver.Hook hook : receiver.hooks) {
            assertThat(hook.secret()).containsExactly("k-19");
            String[] parts = hook.signature().getFirst().split("t=|,v1=");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((parts[1] + ".").getBytes(StandardCharsets.UTF_8));
            assertThat(parts[2]).isEqualTo(HexFormat.of().formatHex(mac.doFinal(hook.body())));
            assertThat(Long.parseLong(parts[1]))
                    .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000);
        }
    }

    @Test
    void payloadsAreThoseOfTheReference() {
        configure(receiver.url());
        Room room = server.room();
        wholeSession(room);

        awaitTaken(4);
        JsonNode joined = receiver.first("peer.join.success").json();
        assertThat(joined.propertyNames())
                .containsExactly("version", "id", "account_id", "app_id", "timestamp", "type", "data");
        assertThat(joined.path("version").asString()).isEqualTo("2.0");
        assertThat(joined.path("account_id").asString()).isEqualTo(server.workspace.id());
        assertThat(joined.path("app_id").asString()).isEqualTo(server.workspace.appId());
        JsonNode peer = joined.path("data");
        assertThat(peer.propertyNames())
                .containsExactlyInAnyOrder(
                        "room_id",
                        "room_name",
                        "session_id",
                        "template_id",
                        "peer_id",
                        "type",
                        "user_id",
                        "user_name",
                        "user_data",
                        "role",
                        "joined_at",
                        "session_started_at");
        assertThat(peer.path("room_name").asString()).isEqualTo(room.name());
        assertThat(peer.path("user_name").asString()).isEqualTo("Anna");
        JsonNode left = receiver.first("peer.leave.success").data();
        assertThat(left.path("reason").asString()).isEqualTo("client request");
        assertThat(left.path("duration").isIntegralNumber()).isTrue();
        JsonNode closed = receiver.first("session.close.success").data();
        assertThat(closed.propertyNames())
                .containsExactlyInAnyOrder(
                        "room_id",
                        "room_name",
                        "session_id",
                        "template_id",
                        "session_started_at",
                        "session_stopped_at",
                        "session_duration");
        assertThat(closed.path("session_id")).isEqualTo(peer.path("session_id"));
    }

    @Test
    void changesOfRoleRemovalsAndTheEndOfARoomAreTold() {
        configure(receiver.url());
        Room room = server.room();
        try (Participant anna = join(room, "host", "Anna");
                Participant ben = join(room, "guest", "Ben");
                Participant cleo = join(room, "guest", "Cleo")) {
            ObjectNode change = SignalClient.JSON.createObjectNode();
            change.put("requested_for", ben.peerId()).put("role", "host").put("force", true);
            assertThat(anna.signal().request("role-change-request", change).has("result"))
                    .isTrue();
            server.post("/v2/active-rooms/" + room.id() + "/peers/" + cleo.peerId(), "{\"role\":\"nobody\"}");
            server.post(
                    "/v2/active-rooms/" + room.id() + "/remove-peers",
                    "{\"peer_id\":\"" + cleo.peerId() + "\",\"reason\":\"noise\"}");
            server.post("/v2/active-rooms/" + room.id() + "/end-room", "{\"reason\":\"done\"}");
            awaitTaken(11);
            assertThat(receiver.taken())
                    .startsWith("session.open.success", "peer.join.success", "peer.join.success", "peer.join.success")
                    .containsSubsequence(
                            "role.change.success",
                            "role.change.failure",
                            "peer.leave.success",
                            "room.end.success",
                            "peer.leave.success",
                            "peer.leave.success",
                            "session.close.success");
            JsonNode changed = receiver.first("role.change.success").data();
            assertThat(changed.path("previous_role").asString()).isEqualTo("guest");
            assertThat(changed.path("role").asString()).isEqualTo("host");
            assertThat(changed.path("role_change_requested_by").asString()).isEqualTo(anna.peerId());
            JsonNode refused = receiver.first("role.change.failure").data();
            assertThat(refused.path("role").asString()).isEqualTo("nobody");
            assertThat(refused.has("role_change_requested_by")).isFalse();
            JsonNode kicked = receiver.first("peer.leave.success").data();
            assertThat(kicked.path("reason").asString()).isEqualTo("peer kicked");
            assertThat(kicked.path("message").asString()).isEqualTo("noise");
            JsonNode ended = receiver.first("room.end.success").data();
            assertThat(ended.path("source").asString()).isEqualTo("api");
            assertThat(ended.path("reason").asString()).isEqualTo("done");
            assertThat(ended.path("lock_room").asBoolean()).isFalse();
        }
    }

    @Test
    void whoIsNotLetInAndWhoEndsNothingIsTold() {
        configure(receiver.url());
        Room room = server.room();
        server.send("GET", "/init?peer_id=5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f11", null, server.token(room, "nobody"));
        server.post("/v2/active-rooms/" + room.id() + "/end-room", "{\"reason\":\"x\"}");

        awaitTaken(2);
        JsonNode join = receiver.first("peer.join.failure").data();
        assertThat(join.path("error_message").asString()).isEqualTo("role not allowed");
        assertThat(join.path("joined_at").asString()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(join.has("session_id")).isFalse();
        JsonNode end = receiver.first("room.end.failure").data();
        assertThat(end.path("error_message").asString()).isEqualTo("session not found");
        assertThat(end.path("error_code").intValue()).isEqualTo(404);
    }

    @Test
    void aFailedDeliveryIsRepeatedAndKeepsTheOrder() {
        configure(receiver.url());
        Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
        receiver.answer(event -> refusedOnce.add(event.path("id").asString()) ? 500 : 200);
        wholeSession(server.room());

        awaitTaken(4);
        assertThat(receiver.taken()).isEqualTo(WHOLE_SESSION);
        assertThat(receiver.hooks).hasSize(8);
        assertThat(server.metric("stoa_webhooks_postponed_total")).isEqualTo(4);
    }

    @Test
    void aRoomsOwnAddressStandsInForTheWorkspaces() throws IOException {
        configure(receiver.url());
        try (Receiver own = new Receiver()) {
            Room room = server.room();
            Http.Answer changed = server.post(
                    "/v2/rooms/" + room.id(),
                    "{\"webhook\":{\"url\":\"" + own.url() + "\",\"headers\":{\"X-Secret\":\"own\"}}}");
            assertThat(changed.status()).isEqualTo(200);
            wholeSession(room);

            await().until(() -> own.taken().size() == 4);
            assertThat(own.hooks.getFirst().secret()).containsExactly("own");
            assertThat(receiver.hooks).isEmpty();
        }
    }

    @Test
    void networksThatAreNotAllowedAreNotTalkedToAndTheHistorySaysSo() {
        configure("http://10.255.255.1/hooks");
        Room room = server.room();
        wholeSession(room);

        await().until(() -> history("?status=failed").path("events").size() == 4);
        JsonNode event =
                history("?status=failed&room_id=" + room.id()).path("events").path(0);
        assertThat(event.path("event_name").asString()).isEqualTo("reporter.webhook.delivery.failed");
        assertThat(event.path("payload").path("original_event_name").asString()).isEqualTo("session.close.success");
        assertThat(event.path("payload").path("error_reason").asString()).contains("network");
        assertThat(history("?status=success").path("events")).isEmpty();
        assertThat(receiver.hooks).isEmpty();
    }

    private JsonNode history(String query) {
        Http.Answer answer = server.get("/v2/analytics/webhooks" + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void failedEventsAreReplayedAndMarkedAsSuch() {
        configure("http://10.255.255.1/hooks");
        wholeSession(server.room());
        await().until(() -> history("?status=failed").path("events").size() == 4);
        configure(receiver.url());

        JsonNode started = server.post("/v2/analytics/webhooks/replay", "{\"event_names\":[\"peer.join.success\"]}")
                .json();
        assertThat(started.path("status").asString()).isEqualTo("started");
        String path =
                "/v2/analytics/webhooks/replay/" + started.path("workflow_id").asString();
        await().until(() -> server.get(path).json().path("status").asString().equals("completed"));

        assertThat(server.get(path).json().path("result").path("completed").intValue())
                .isEqualTo(1);
        assertThat(receiver.taken()).containsExactly("peer.join.success");
        assertThat(receiver.hooks.getFirst().json().path("is_replay").asBoolean())
                .isTrue();
        assertThat(history("?status=success").path("events")).hasSize(1);
        assertThat(server.get("/v2/analytics/webhooks/replay/nothing").status()).isEqualTo(404);
    }

    @Test
    void badSettingsAndQueriesAreRefusedWithASentence() {
        assertThat(server.post("/v2/webhooks", "{\"url\":\"ftp://x\"}").json().toString())
                .contains("http://");
        assertThat(server.post("/v2/webhooks", "{\"headers\":{\"Host\":\"x\"}}")
                        .json()
                        .toString())
                .contains("reserves");
        assertThat(server.post("/v2/webhooks", "{\"headers\":{\"a\":\"b\\r\\nc: d\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(server.get("/v2/analytics/webhooks?start_time=2020-01-01T00:00:00Z")
                        .json()
                        .toString())
                .contains("start_time must be within the last 30 days");
        assertThat(server.get("/v2/analytics/webhooks?status=x").status()).isEqualTo(400);
        assertThat(server.send("GET", "/v2/webhooks", null, null).status()).isEqualTo(401);
    }

    @Test
    void theExampleReceiverBelievesOurSignatureAndNoOther() throws Exception {
        String key = configure(receiver.url()).path("signing_key").asString();
        assertThat(exampleSays(key)).allMatch(line -> line.startsWith("ok ")).hasSize(4);
        assertThat(exampleSays("another key")).allMatch(line -> line.equals("rejected"));
    }

    /// What the example prints about one session.
    private List<String> exampleSays(String key) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("node", "../../examples/webhook-receiver/receiver.mjs").redirectErrorStream(true);
        builder.environment().putAll(Map.of("WEBHOOK_SIGNING_KEY", key, "PORT", "0"));
        Process example = builder.start();
        try (BufferedReader out = example.inputReader()) {
            String port = out.readLine().replace("listening ", "");
            configure("http://127.0.0.1:" + port + "/");
            wholeSession(server.room());
            return List.of(out.readLine(), out.readLine(), out.readLine(), out.readLine());
        } finally {
            example.destroyForcibly().waitFor();
        }
    }
}
