package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.Message;
import dev.stoa.rooms.live.PeerNotice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// With many sockets messages leave in rounds: later, but all, in their order, and none that somebody waits for.
@Timeout(60)
class BusyServerTest {
    private static final int SOCKETS = 120;
    private static final int MESSAGES = 50;

    private final SignalServer server = new SignalServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static PeerNotice chat(int number) {
        return new PeerNotice.MessageReceived(new Message("m" + number, 1, "chat", "x", false, List.of(), null));
    }

    @Test
    void nothingIsLostAndTheOrderStays() throws Exception {
        List<Client> clients = new ArrayList<>();
        List<FakeRooms.Link> links = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            Client client = server.connect(UUID.randomUUID().toString(), FakeTokens.GOOD);
            client.next();
            clients.add(client);
            links.add(server.rooms.links.poll(10, TimeUnit.SECONDS));
        }

        for (int i = 0; i < MESSAGES; i++) {
            PeerNotice notice = chat(i);
            links.forEach(link -> link.outbox.deliver(notice));
        }
        links.forEach(link -> link.outbox.deliver(new PeerNotice.NodeInfo("n")));
        links.forEach(link -> link.outbox.deliver(chat(MESSAGES)));

        for (Client client : clients) {
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(client.next().path("params").path("message_id").stringValue())
                        .isEqualTo("m" + i);
            }
            assertThat(client.next().path("method").stringValue()).isEqualTo("node-info");
            assertThat(client.next().path("params").path("message_id").stringValue())
                    .isEqualTo("m" + MESSAGES);
        }
    }

    /// Browsers offer compression (RFC 7692 §5.1); the server may leave it out of its answer.
    @Test
    void compressionIsNotAgreedOn() throws IOException {
        URI base = URI.create("http://" + server.base());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET /v2/ws?peer=" + UUID.randomUUID() + "&token=" + FakeTokens.GOOD + " HTTP/1.1\r\n"
                    + "Host: " + server.base() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

            List<String> head = new ArrayList<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line.toLowerCase(java.util.Locale.ROOT));
            }

            assertThat(head.getFirst()).contains("101");
            assertThat(head).noneMatch(line -> line.startsWith("sec-websocket-extensions"));
        }
    }
}
