package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.client.SignalClient;
import dev.stoa.rooms.room.Room;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bad words on the socket and at the door: each has a stable error, and a call in the same room goes on.
@Timeout(60)
class BadSignalTest {
    /// Roles for one person, for nobody, and the two who talk.
    private static final String TEMPLATE = """
            {"name":"bad-input","roles":{
              "host":{"publishParams":{"allowed":["audio","video"]},"subscribeParams":{"subscribeToRoles":["host","single"]}},
              "single":{"maxPeerCount":1},
              "nobody":{"maxPeerCount":-1}}}""";

    @TempDir
    static Path data;

    private static TestServer server;
    private static String template;
    private static Conversation call;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(data, Map.of());
        Http.Answer made = server.post("/v2/templates", TEMPLATE);
        template = made.json().path("id").asString();
        assertThat(made.status()).as(made.raw().body()).isEqualTo(200);
        call = new Conversation(server, server.room(template), "host");
    }

    @AfterAll
    static void stop() {
        call.close();
        server.close();
    }

    @AfterEach
    void theCallGoesOn() throws Exception {
        for (AutoCloseable client : opened) {
            client.close();
        }
        call.assertGoesOn();
    }

    private Participant enter() {
        Participant participant = server.enter(server.token(call.room, "host"));
        opened.add(participant);
        return participant;
    }

    private SignalClient socket(String token) {
        SignalClient client = SignalClient.open(
                Http.CLIENT,
                URI.create(server.endpoint() + "?peer=" + UUID.randomUUID() + "&token=" + token),
                (from, notice) -> {});
        opened.add(client::abort);
        return client;
    }

    private static ObjectNode object() {
        return SignalClient.JSON.createObjectNode();
    }

    private static void assertError(JsonNode answer, int code) {
        assertThat(answer.path("error").path("code").intValue())
                .as(answer.toString())
                .isEqualTo(code);
        assertThat(answer.path("error").path("message").asString()).isNotBlank();
        assertThat(answer.has("result")).isFalse();
    }

    // On the socket

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "null", "7", "{\"method\":7,\"id\":\"x\"}", "{\"id\":\"r\""})
    void malformedJsonIsCountedAndTheConversationGoesOn(String text) {
        double before = server.metric("stoa_signal_malformed_total");
        Participant participant = enter();

        participant.signal().send(text);

        await().until(() -> server.metric("stoa_signal_malformed_total") > before);
        assertThat(participant.signal().request("ping", object()).has("result")).isTrue();
    }

    @Test
    void anUnknownMethodIsAnsweredAndCounted() {
        double before = server.metric("stoa_signal_unknown_methods_total");

        assertError(enter().signal().request("no-such-method", object()), 400);

        assertThat(server.metric("stoa_signal_unknown_methods_total")).isGreaterThan(before);
    }

    /// RFC 6455 §7.4.1: 1009. The member is treated as one whose connection broke.
    @Test
    void anOversizeMessageEndsItsSocketOnly() {
        SignalClient client = socket(server.token(call.room, "host"));
        client.send(" ".repeat(512 * 1024 + 1));

        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer", "answer", "trickle", "broadcast"})
    void whatNeedsAJoinIsRefusedBefore(String method) {
        ObjectNode params = object().put("target", 0);
        params.putObject("candidate").put("candidate", "");
        params.putObject("info").put("message", "hi");
        params.putObject("tracks");
        params.putObject("desc")
                .put("type", method.equals("answer") ? "answer" : "offer")
                .put("sdp", "v=0");

        assertError(enter().signal().request(method, params), 400);
    }

    @Test
    void aBlankMessageAndAnUnknownReceiverAreRefused() {
        Participant participant = enter();
        participant.join("Bad");
        assertError(participant.say("  "), 400);
        assertError(participant.say("x".repeat(5_000)), 400);
        ObjectNode direct = object().put("peer_id", UUID.randomUUID().toString());
        direct.putObject("info").put("message", "hi");
        assertError(participant.signal().request("broadcast", direct), 404);
    }

    // Session descriptions

    record Broken(String what, UnaryOperator<String> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Broken> brokenOffers() {
        return Stream.of(
                new Broken("empty", sdp -> ""),
                new Broken("no SDP", sdp -> "hello"),
                new Broken("binary", sdp -> "\u0000\u0001\uFFFF".repeat(100)),
                new Broken("cut in the middle of a line", sdp -> sdp.substring(0, sdp.length() / 2)),
                new Broken("no media", sdp -> sdp.substring(0, sdp.indexOf("m="))),
                new Broken("no user name", sdp -> sdp.replaceAll("a=ice-ufrag:.*\r\n", "")),
                new Broken("no password", sdp -> sdp.replaceAll("a=ice-pwd:.*\r\n", "")),
                new Broken("no fingerprint", sdp -> sdp.replaceAll("a=fingerprint:.*\r\n", "")),
                new Broken("no mid", sdp -> sdp.replaceAll("a=mid:.*\r\n", "")),
                new Broken("wants to be DTLS server", sdp -> sdp.replace("a=setup:actpass", "a=setup:passive")),
                new Broken("bundle of others", sdp -> sdp.replace("BUNDLE 0", "BUNDLE 7")),
                new Broken(
                        "a thousand sections",
                        sdp -> sdp + sdp.substring(sdp.indexOf("m=")).repeat(1_000)));
    }

    @ParameterizedTest
    @MethodSource("brokenOffers")
    void aJoinWithABrokenOfferIsRefusedAndCanBeRepeated(Broken broken) {
        Participant participant = enter();

        assertError(participant.tryJoin("Bad", broken.change().apply(participant.plainOffer())), 400);

        participant.join("Good");
        await().until(() -> participant.publishConnection().isConnected());
    }

    @ParameterizedTest
    @MethodSource("brokenOffers")
    void aLaterBrokenOfferIsRefusedAndWhatWasAgreedStays(Broken broken) {
        Participant participant = enter();
        participant.join("Bad");

        assertError(participant.offer(broken.change().apply(participant.plainOffer())), 400);

        participant.publish();
        Conversation.see(call.asha, participant);
    }

    @Test
    void aChangedCertificateIsRefused() {
        Participant participant = enter();
        participant.join("Bad");

        assertError(
                participant.offer(
                        participant.plainOffer().replaceAll("a=fingerprint:sha-256 ..", "a=fingerprint:sha-256 00")),
                400);
    }

    @Test
    void aBrokenAnswerIsDroppedAndTheNextOneTaken() {
        Participant participant = enter();
        ObjectNode answer = object();
        answer.putObject("desc").put("type", "answer").put("sdp", "v=0");
        participant.join("Bad");
        for (int i = 0; i < 20; i++) {
            participant.signal().notify("answer", answer);
        }

        Conversation.see(participant, call.asha);
    }

    // At the door

    static Stream<String> badTokens() {
        String good = server.token(call.room, "host");
        String[] parts = good.split("\\.");
        String other = server.token(call.room, "single").split("\\.")[1];
        return Stream.of(
                "",
                "garbage",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + other + "." + parts[2],
                // {"alg":"none"}
                "eyJhbGciOiJub25lIn0." + parts[1] + ".",
                server.tokens
                        .issueApp(server.workspace, call.room.id(), "host", "u", Duration.ofSeconds(-1))
                        .token(),
                server.tokens
                        .issueManagement(server.workspace, Duration.ofHours(1))
                        .token());
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void expiredForgedAndWrongTypeTokensAre401(String token) {
        Http.Answer init = server.send("GET", "/init?peer_id=" + UUID.randomUUID(), null, token);

        assertThat(init.status()).isEqualTo(401);
        assertThat(init.json().path("code").intValue()).isEqualTo(401);
        assertThat(init.raw().headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
        SignalClient client = socket(token);
        await().until(() -> !client.notices("on-error").isEmpty());
        assertThat(client.notices("on-error").getFirst().path("code").intValue())
                .isEqualTo(401);
        assertThat(client.closeCode()).isEqualTo(1000);
    }

    @Test
    void aTokenForClientsDoesNotOpenTheApi() {
        assertThat(server.send("GET", "/v2/rooms", null, server.token(call.room, "host"))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"no-such-role", "nobody"})
    void aRoleThatTheTemplateLacksOrShutsIs403(String role) {
        assertRefusedAtTheDoor(server.token(call.room, role), role);
    }

    @Test
    void aDisabledRoomIs403() {
        Room room = server.room(template);
        server.post("/v2/rooms/" + room.id(), "{\"enabled\":false}");

        assertRefusedAtTheDoor(server.token(room, "host"), "disabled");
    }

    @Test
    void aRoomThatDoesNotExistIs403() {
        String token = server.tokens
                .issueApp(server.workspace, "000000000000000000000000", "host", "u", Duration.ofHours(1))
                .token();

        assertRefusedAtTheDoor(token, "does not exist");
    }

    @Test
    void aFullRoleIs403AndFreeAgainAfterALeave() {
        String token = server.token(call.room, "single");
        Participant early = server.enter(token);
        Participant late = server.enter(server.token(call.room, "single"));
        opened.add(early);
        opened.add(late);
        early.join("First");

        assertError(late.tryJoin("Second", late.plainOffer()), 403);
        assertRefusedAtTheDoor(server.token(call.room, "single"), "full");

        early.leave();
        await().untilAsserted(() -> assertThat(
                        late.tryJoin("Second", late.plainOffer()).has("result"))
                .isTrue());
    }

    private void assertRefusedAtTheDoor(String token, String reason) {
        Http.Answer init = server.send("GET", "/init?peer_id=" + UUID.randomUUID(), null, token);
        assertThat(init.status()).isEqualTo(403);
        assertThat(init.json().path("message").asString()).contains(reason);
        SignalClient client = socket(token);
        await().until(() -> !client.notices("on-error").isEmpty());
        assertThat(client.notices("on-error").getFirst().path("code").intValue())
                .isEqualTo(403);
        assertThat(client.closeCode()).isEqualTo(1000);
    }
}
