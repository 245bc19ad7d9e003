package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.Message;
import dev.stoa.rooms.live.PeerNotice;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `/v2/ws` over a real socket.
@Timeout(60)
class WebSocketTest {
    private static final String PEER = "6f0a4b5e-8c1d-4a2b-9e3f-0123456789ab";

    private final SignalServer server = new SignalServer(new SignalSettings(
            null, List.of(), List.of(), Duration.ofSeconds(75), 64 * 1024, 256 * 1024, Duration.ofMillis(100)));

    @AfterEach
    void close() {
        server.close();
    }

    private FakeRooms.Link link() throws InterruptedException {
        FakeRooms.Link link = server.rooms.links.poll(10, TimeUnit.SECONDS);
        assertThat(link).isNotNull();
        return link;
    }

    @Test
    void thePolicyComesFirstWithoutBeingAskedFor() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);

        JsonNode first = client.next();

        assertThat(first.path("method").stringValue()).isEqualTo("on-policy-change");
        assertThat(first.path("params").path("name").stringValue()).isEqualTo("host");
    }

    @Test
    void requestsAreAnsweredInTheirOrder() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        client.next();
        link().answer = command -> new CommandResult.Sent("m-1", 5);

        client.send("{\"method\":\"ping\",\"id\":\"a\",\"params\":{\"timestamp\":1}}");
        client.send("{\"method\":\"broadcast\",\"id\":\"b\",\"params\":{\"info\":{\"message\":\"hi\"}}}");
        client.send("not json");
        client.send("{\"method\":\"unheard-of\",\"id\":\"c\"}");

        assertThat(client.next().path("id").stringValue()).isEqualTo("a");
        assertThat(client.next().path("result").path("message_id").stringValue())
                .isEqualTo("m-1");
        assertThat(client.next().path("error").path("code").intValue()).isEqualTo(400);
        assertThat(client.texts).isEmpty();
    }

    @Test
    void aMessageInSeveralFramesIsOneMessage() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        client.next();
        WebSocket socket = client.socket();

        socket.sendText("{\"method\":\"ping\",", false).join();
        socket.sendText("\"id\":\"a\"}", true).join();

        assertThat(client.next().path("id").stringValue()).isEqualTo("a");
    }

    /// RFC 6455 §7.4.1: 1003 = kind of data that is not accepted.
    @Test
    void aBinaryMessageClosesTheSocket() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        FakeRooms.Link link = link();

        client.socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();

        assertThat(client.closeCode()).isEqualTo(1003);
        assertThat(link.gone.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(link.commands).isEmpty();
    }

    /// RFC 6455 §7.4.1: 1009 = message too big.
    @Test
    void anOversizeMessageClosesTheSocket() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        FakeRooms.Link link = link();

        client.socket().sendText(" ".repeat(64 * 1024 + 1), true);

        assertThat(client.closeCode()).isEqualTo(1009);
        assertThat(link.gone.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(link.commands).isEmpty();
    }

    @Test
    void theSecondSocketOfAPeerEndsTheFirst() throws Exception {
        Client first = server.connect(PEER, FakeTokens.GOOD);
        first.next();
        Client second = server.connect(PEER, FakeTokens.GOOD);
        second.next();

        assertThat(first.closeCode()).isEqualTo(1000);
        second.send("{\"method\":\"ping\",\"id\":\"a\"}");
        assertThat(second.next().path("id").stringValue()).isEqualTo("a");
    }

    @Test
    void aLostSocketIsReportedToTheRoom() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        FakeRooms.Link link = link();

        client.socket().abort();

        assertThat(link.gone.get(10, TimeUnit.SECONDS)).isTrue();
    }

    /// Only this way does the reason reach the application; a refused handshake would be tried again for a minute.
    @ParameterizedTest
    @CsvSource({"forged, 401, signature is invalid", "expired, 401, expired", "'', 401, token is missing"})
    void aRefusedTokenIsExplainedAndTheSocketClosed(String token, int code, String reason) throws Exception {
        Client client = server.connect(PEER, token);

        JsonNode error = client.next();

        assertThat(error.path("method").stringValue()).isEqualTo("on-error");
        assertThat(error.path("params").path("code").intValue()).isEqualTo(code);
        assertThat(error.path("params").path("message").stringValue()).contains(reason);
        assertThat(client.closeCode()).isEqualTo(1000);
        assertThat(server.rooms.links).isEmpty();
        assertThat(server.routes.counters().refused.sum()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"''", "7", "6f0a4b5e-8c1d-4a2b-9e3f-0123456789ag", "../../../../etc/passwd"})
    void aPeerIdThatIsNoUuidIsRefused(String peer) throws Exception {
        Client client = server.connect(peer, FakeTokens.GOOD);

        assertThat(client.next().path("params").path("code").intValue()).isEqualTo(400);
        assertThat(client.closeCode()).isEqualTo(1000);
        assertThat(server.rooms.links).isEmpty();
    }

    @Test
    void aRefusalOfTheRoomIsExplainedAndTheSocketClosed() throws Exception {
        server.rooms.admission = new LiveRooms.Admission.Refused(403, "the room is disabled");

        Client client = server.connect(PEER, FakeTokens.GOOD);

        assertThat(client.next().path("params").path("message").stringValue()).isEqualTo("the room is disabled");
        assertThat(client.closeCode()).isEqualTo(1000);
    }

    /// `on-error` would be terminal: clients leave. A closed socket they open again, for a minute.
    @Test
    void whoComesToAnOverloadedRoomIsAskedToComeAgain() throws Exception {
        server.rooms.admission = new LiveRooms.Admission.Refused(503, "the room is overloaded; try again");

        Client client = server.connect(PEER, FakeTokens.GOOD);

        assertThat(client.closeCode()).isEqualTo(1013);
        assertThat(client.texts).isEmpty();
        assertThat(server.routes.counters().refused.sum()).isEqualTo(1);
        server.rooms.admission = new LiveRooms.Admission.Admitted();
        assertThat(server.connect(PEER, FakeTokens.GOOD).next().path("method").stringValue())
                .isEqualTo("on-policy-change");
    }

    @Test
    void whoIsStillSeatedComesBackWithAnExpiredToken() throws Exception {
        server.rooms.seated.add(PEER);

        Client client = server.connect(PEER, FakeTokens.EXPIRED);

        assertThat(client.next().path("method").stringValue()).isEqualTo("on-policy-change");
    }

    /// A reader that takes nothing is cut off long before the server's memory suffers.
    @Test
    void aSlowReaderIsCutOff() throws Exception {
        URI uri = URI.create("ws://" + server.base() + "/v2/ws?peer=" + PEER + "&token=" + FakeTokens.GOOD);
        Client client = Client.open(server.client, uri, false);
        FakeRooms.Link link = link();
        PeerNotice notice = new PeerNotice.MessageReceived(
                new Message("m", 1, "chat", "x".repeat(32 * 1024), false, List.of(), null));

        int sent = 0;
        while (server.routes.counters().slowReadersCut.sum() == 0 && sent < 4_000) {
            link.outbox.deliver(notice);
            sent++;
        }

        assertThat(sent).isLessThan(4_000);
        assertThat(link.gone.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.routes.counters().slowReadersCut.sum()).isPositive();
        client.socket().abort();
    }

    @Test
    void textOfTheMediaChannelIsAnsweredThere() throws Exception {
        server.connect(PEER, FakeTokens.GOOD).next();
        FakeRooms.Link link = link();

        link.outbox.channelText(
                "{\"id\":\"d1\",\"method\":\"prefer-video-track-state\",\"params\":{\"track_id\":\"t\",\"max_spatial_layer\":\"low\"}}");

        assertThat(link.channelTexts.poll(10, TimeUnit.SECONDS)).contains("\"track_id\":\"t\"", "\"id\":\"d1\"");
    }
}
