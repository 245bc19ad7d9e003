package dev.stoa.signal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.stoa.rooms.board.BoardEntry;
import dev.stoa.rooms.board.BoardOutbox;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.board.BoardRights;
import dev.stoa.rooms.board.BoardSelector;
import dev.stoa.rooms.board.BoardValue;
import dev.stoa.rooms.live.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The store of whiteboards over gRPC-web (protocol section 10.4), on a real socket.
class BoardStoreTest {
    private static final String PEER = "2f4b1c9e-6a51-4f6e-9b0e-0d3a6c5d7e11";
    private static final BoardPass PASS = new BoardPass("room-1", "board1", PEER);

    private final SignalServer server = new SignalServer();
    private String token = "";

    enum Form {
        TEXT("application/grpc-web-text"),
        BINARY("application/grpc-web+proto");

        final String contentType;

        Form(String contentType) {
            this.contentType = contentType;
        }

        byte[] written(byte[] frame) {
            return this == TEXT ? Base64.getEncoder().encode(frame) : frame;
        }
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] keyed(String key) {
        return message(out -> out.writeString(1, key));
    }

    private static byte[] set(String key, byte[] value) {
        return message(out -> {
            out.writeString(1, key);
            out.writeByteArray(3, value);
        });
    }

    private static byte[] text(String text) {
        return message(out -> {
            out.writeEnum(1, 2);
            out.writeString(4, text);
        });
    }

    /// The token a client gets with `whiteboard-get`.
    @BeforeEach
    void getsIn() throws Exception {
        Client client = server.connect(PEER, FakeTokens.GOOD);
        FakeRooms.Link link = server.rooms.links.poll(10, TimeUnit.SECONDS);
        link.answer = command -> new CommandResult.BoardAccess(PASS, "u-1", new BoardRights(true, true, true));
        client.send("{\"id\":\"1\",\"jsonrpc\":\"2.0\",\"method\":\"whiteboard-get\",\"params\":{\"id\":\"board1\"}}");
        JsonNode message = client.next();
        while (!message.has("result")) {
            message = client.next();
        }
        JsonNode result = message.path("result");
        token = result.path("token").stringValue();
        assertThat(result.path("addr").stringValue()).isEqualTo(server.base());
        client.socket().abort();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest.Builder call(String method, Form form) {
        return HttpRequest.newBuilder(URI.create("http://" + server.base() + "/sessionstorepb.Store/" + method))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", form.contentType)
                .header("X-Grpc-Web", "1")
                .header("Authorization", "Bearer " + token);
    }

    private Answer ask(String method, Form form, byte[] message) throws Exception {
        return send(call(method, form), form, form.written(frame(message)));
    }

    private Answer send(HttpRequest.Builder request, Form form, byte[] body) throws Exception {
        HttpResponse<byte[]> response = server.client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(form.contentType);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        return Answer.read(form, response.body());
    }

    /// @param message null = none came
    record Answer(byte[] message, String trailers) {
        /// Text may be several pieces of base64, each padded.
        static Answer read(Form form, byte[] body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (form == Form.TEXT) {
                for (String piece : new String(body, ISO_8859_1).split("(?<==)(?=[^=])")) {
                    bytes.writeBytes(Base64.getDecoder().decode(piece));
                }
            } else {
                bytes.writeBytes(body);
            }
            ByteBuffer frames = ByteBuffer.wrap(bytes.toByteArray());
            byte[] message = null;
            while (true) {
                boolean last = frames.get() < 0;
                byte[] content = new byte[frames.getInt()];
                frames.get(content);
                if (last) {
                    assertThat(frames.hasRemaining()).isFalse();
                    return new Answer(message, new String(content, ISO_8859_1));
                }
                message = content;
            }
        }

        void succeeded() {
            assertThat(trailers).isEqualTo("grpc-status:0\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aValueIsSetAndDeleted(Form form) throws Exception {
        ask("set", form, set("shape:1", text("{\"x\":\"é\"}"))).succeeded();
        ask("delete", form, keyed("shape:1")).succeeded();
        ask("set", form, set("shape:2", message(out -> out.writeEnum(1, 0)))).succeeded();

        assertThat(server.boards.requests)
                .containsExactly(
                        new BoardRequest.Put("shape:1", new BoardValue.Text("{\"x\":\"é\"}")),
                        new BoardRequest.Put("shape:1", null),
                        new BoardRequest.Put("shape:2", null));
        assertThat(server.boards.passes).containsOnly(PASS);
    }

    static Stream<BoardValue> values() {
        return Stream.of(
                new BoardValue.Text("{}"),
                new BoardValue.Whole(-7),
                new BoardValue.Real(0.5f),
                new BoardValue.Bytes("\u0000\u00ff"));
    }

    /// What `get` writes is what `set` reads.
    @ParameterizedTest
    @MethodSource("values")
    void everyKindOfValueGoesThere(BoardValue value) throws Exception {
        server.boards.answer = request -> request instanceof BoardRequest.Get(String key)
                ? new BoardReply.Found(key, value)
                : new BoardReply.Done();
        byte[] found = ask("get", Form.TEXT, keyed("k")).message();

        ask("set", Form.TEXT, found).succeeded();

        assertThat(server.boards.requests).containsExactly(new BoardRequest.Get("k"), new BoardRequest.Put("k", value));
    }

    @Test
    void valuesAreCounted() throws Exception {
        server.boards.answer = request -> new BoardReply.Counted(300);
        Answer answer = ask("count", Form.TEXT, new byte[0]);
        answer.succeeded();
        CodedInputStream in = CodedInputStream.newInstance(answer.message());
        assertThat(in.readTag()).isEqualTo((1 << 3) | WireFormat.WIRETYPE_VARINT);
        assertThat(in.readInt64()).isEqualTo(300);
    }

    @Test
    void aBrowserMayCallFromAnyOrigin() throws Exception {
        HttpResponse<String> preflight = server.client.send(
                HttpRequest.newBuilder(URI.create("http://" + server.base() + "/sessionstorepb.Store/open"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElse(""))
                .contains("Authorization", "Content-Type", "X-Grpc-Web", "Accept", "grpc-timeout");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Expose-Headers")
                        .orElse(""))
                .contains("grpc-status", "grpc-message");
    }

    private static byte[] next(InputStream frames) throws IOException {
        byte[] header = frames.readNBytes(5);
        return frames.readNBytes(ByteBuffer.wrap(header).getInt(1));
    }

    private BoardOutbox outbox() throws InterruptedException {
        BoardRequest request = server.boards.requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).isInstanceOf(BoardRequest.Open.class);
        return ((BoardRequest.Open) request).outbox();
    }

    private HttpResponse<InputStream> open(byte[] message) throws Exception {
        return server.client.send(
                call("open", Form.BINARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(frame(message)))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void changesAreStreamedUntilTheBoardEndsThem() throws Exception {
        byte[] select = message(out -> out.writeString(3, "shape:"));
        InputStream frames = open(message(out -> out.writeByteArray(3, select))).body();
        BoardRequest.Open request = (BoardRequest.Open) server.boards.requests.poll(10, TimeUnit.SECONDS);
        assertThat(request.select()).containsExactly(new BoardSelector(BoardSelector.Match.PREFIX, "shape:"));

        request.outbox().deliver(new BoardEntry("shape:1", new BoardValue.Text("{}"), 5, "p-2"));
        request.outbox().deliver(new BoardEntry("shape:1", null, 6, "p-2"));

        assertThat(next(frames)).as("a change of nothing, ignored").containsExactly((4 << 3) | 2, 0);
        assertThat(next(frames)).isEqualTo(message(out -> {
            out.writeString(1, "5");
            out.writeString(2, "shape:1");
            out.writeByteArray(4, text("{}"));
            out.writeString(5, "p-2");
        }));
        assertThat(next(frames)).as("no value = deleted").isEqualTo(message(out -> {
            out.writeString(1, "6");
            out.writeString(2, "shape:1");
            out.writeString(5, "p-2");
        }));

        request.outbox().end(BoardRefusal.CLOSED, "the whiteboard is closed");
        String rest = new String(frames.readAllBytes(), ISO_8859_1);
        assertThat(rest).endsWith("grpc-status:9\r\ngrpc-message:the whiteboard is closed\r\n");
        assertThat(server.boards.requests.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new BoardRequest.Close(request.outbox()));
    }

    @Test
    void aListenerThatIsGoneIsNoticed() throws Exception {
        InputStream frames = open(new byte[0]).body();
        BoardOutbox outbox = outbox();
        next(frames);

        frames.close();

        assertThat(server.boards.requests.poll(30, TimeUnit.SECONDS)).isEqualTo(new BoardRequest.Close(outbox));
    }

    @Test
    void aListenerThatDoesNotReadIsCutOffAndHoldsNothing() throws Exception {
        InputStream frames = open(new byte[0]).body();
        BoardOutbox outbox = outbox();
        BoardEntry entry = new BoardEntry("k", new BoardValue.Text("x".repeat(60_000)), 1, "p-2");
        for (int i = 0; i < 20_000; i++) {
            outbox.deliver(entry);
        }

        byte[] all = frames.readAllBytes();

        assertThat(all.length).as("far from everything").isLessThan(20_000 * 60_000);
        assertThat(new String(all, ISO_8859_1)).contains("grpc-status:8", "too slowly");
    }

    record Bad(String name, String method, String token, byte[] body, String status) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> hostile() {
        byte[] good = frame(keyed("k"));
        byte[] compressed = frame(keyed("k"));
        compressed[0] = 1;
        byte[] longer = frame(keyed("k"));
        longer[4]++;
        byte[] negative = frame(keyed("k"));
        negative[1] = (byte) 0xff;
        String huge = "x".repeat(64 * 1024 + 1);
        return Stream.of(
                new Bad("no token", "get", "", good, "16"),
                new Bad("no JWT", "get", "abc", good, "16"),
                new Bad("a client's token", "get", FakeTokens.GOOD, good, "16"),
                new Bad("signed by somebody else", "get", forged(), good, "16"),
                new Bad("not signed", "get", unsigned(), good, "16"),
                new Bad("empty body", "get", "ours", new byte[0], "3"),
                new Bad("half a header", "get", "ours", new byte[] {0, 0}, "3"),
                new Bad("compressed", "get", "ours", compressed, "3"),
                new Bad("longer than it is", "get", "ours", longer, "3"),
                new Bad("negative length", "get", "ours", negative, "3"),
                new Bad("two messages", "get", "ours", twice(good), "3"),
                new Bad("a key that is cut off", "get", "ours", frame(new byte[] {10, 9, 'k'}), "3"),
                new Bad("field number 0", "get", "ours", frame(new byte[] {2, 1, 1}), "3"),
                new Bad("a key that is not UTF-8", "get", "ours", frame(new byte[] {10, 1, (byte) 0xff}), "3"),
                new Bad("a value that is no message", "set", "ours", frame(set("k", new byte[] {34, 9})), "3"),
                new Bad("an endless varint", "count", "ours", frame(endless()), "3"),
                new Bad("too many selectors", "open", "ours", frame(selectors()), "3"),
                new Bad("a body without end", "set", "ours", frame(set("k", text(huge + huge))), "8"),
                new Bad("no such method", "drop", "ours", good, "12"));
    }

    private static byte[] twice(byte[] frame) {
        return ByteBuffer.allocate(2 * frame.length).put(frame).put(frame).array();
    }

    private static byte[] endless() {
        byte[] varint = new byte[12];
        Arrays.fill(varint, (byte) 0xff);
        varint[0] = 8;
        return varint;
    }

    private static byte[] selectors() {
        return message(out -> {
            for (int i = 0; i < 33; i++) {
                out.writeByteArray(3, new byte[0]);
            }
        });
    }

    private static String forged() {
        String header =
                Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"HS256\"}".getBytes(ISO_8859_1));
        return header + "." + claims() + "." + "A".repeat(43);
    }

    private static String unsigned() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(ISO_8859_1)) + "."
                + claims() + ".";
    }

    private static String claims() {
        String claims = "{\"type\":\"whiteboard\",\"room_id\":\"room-1\",\"board_id\":\"board1\",\"peer_id\":\"" + PEER
                + "\",\"permissions\":[\"read\",\"write\",\"admin\"],\"exp\":9999999999}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileCallsReachNoBoard(Bad bad) throws Exception {
        HttpRequest.Builder request = call(bad.method(), Form.BINARY);
        if (!bad.token().equals("ours")) {
            request.setHeader("Authorization", bad.token().isEmpty() ? "" : "Bearer " + bad.token());
        }

        Answer answer = send(request, Form.BINARY, bad.body());

        assertThat(answer.message()).isNull();
        assertThat(answer.trailers()).startsWith("grpc-status:" + bad.status() + "\r\ngrpc-message:");
        assertThat(server.boards.requests).isEmpty();
        assertThat(server.routes.counters().boardRefused.sum()).isEqualTo(1);
    }

    @Test
    void textThatIsNoBase64IsRefused() throws Exception {
        Answer answer = send(call("get", Form.TEXT), Form.TEXT, "%%%".getBytes(ISO_8859_1));

        assertThat(answer.trailers()).startsWith("grpc-status:3\r\n");
        assertThat(server.routes.counters().boardMalformed.sum()).isEqualTo(1);
    }

    @Test
    void anotherContentTypeIsNotServed() throws Exception {
        HttpResponse<String> response = server.client.send(
                call("get", Form.TEXT)
                        .setHeader("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(415);
    }

    static Stream<Object[]> refusals() {
        return Stream.of(
                new Object[] {BoardRefusal.INVALID, 3},
                new Object[] {BoardRefusal.NOT_FOUND, 5},
                new Object[] {BoardRefusal.NOT_ALLOWED, 7},
                new Object[] {BoardRefusal.TOO_MUCH, 8},
                new Object[] {BoardRefusal.CLOSED, 9},
                new Object[] {BoardRefusal.BUSY, 14});
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsAStatusOfGrpc(BoardRefusal reason, int status) throws Exception {
        server.boards.answer = request -> new BoardReply.Refused(reason, "peer not found");

        Answer answer = ask("set", Form.TEXT, set("k", text("x")));
        Answer opened = ask("open", Form.TEXT, new byte[0]);

        String trailers = "grpc-status:" + status + "\r\ngrpc-message:peer not found\r\n";
        assertThat(List.of(answer.trailers(), opened.trailers())).containsOnly(trailers);
    }
}
