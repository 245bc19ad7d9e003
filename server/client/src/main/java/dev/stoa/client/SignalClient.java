package dev.stoa.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The protocol's web socket.
public final class SignalClient implements WebSocket.Listener, AutoCloseable {
    public static final JsonMapper JSON = new JsonMapper();
    private static final long WAIT_MS = 15_000;
    private static final long GOODBYE_MS = 5_000;

    private final Map<String, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final BiConsumer<SignalClient, JsonNode> onNotice;
    private final List<JsonNode> notices = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final boolean remembering;
    private @Nullable WebSocket socket;

    private SignalClient(boolean remembering, BiConsumer<SignalClient, JsonNode> onNotice) {
        this.remembering = remembering;
        this.onNotice = onNotice;
    }

    public static SignalClient open(HttpClient http, URI uri, BiConsumer<SignalClient, JsonNode> onNotice) {
        return open(http, uri, true, onNotice);
    }

    /// @param remembering whether [#notices()] keeps them
    /// @param onNotice called for each notice in order, after it was remembered
    public static SignalClient open(
            HttpClient http, URI uri, boolean remembering, BiConsumer<SignalClient, JsonNode> onNotice) {
        SignalClient client = new SignalClient(remembering, onNotice);
        client.socket = http.newWebSocketBuilder()
                .buildAsync(uri, client)
                .orTimeout(WAIT_MS, TimeUnit.MILLISECONDS)
                .join();
        return client;
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /// The first thing the server says: the policy, or why not. Clients wait for it before they ask anything.
    public JsonNode first() {
        return first.orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    /// The whole answer to a request.
    public JsonNode request(String method, JsonNode params) {
        String id = "r" + nextId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        send(JSON.createObjectNode()
                .put("method", method)
                .put("id", id)
                .put("jsonrpc", "2.0")
                .set("params", params)
                .toString());
        return answer.orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    public void notify(String method, JsonNode params) {
        send(JSON.createObjectNode()
                .put("method", method)
                .put("jsonrpc", "2.0")
                .set("params", params)
                .toString());
    }

    public synchronized void send(String text) {
        socket().sendText(text, true).orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    /// Everything the server said on its own so far.
    public List<JsonNode> notices() {
        return notices;
    }

    public List<JsonNode> notices(String method) {
        return notices.stream()
                .filter(notice -> notice.path("method").asString().equals(method))
                .map(notice -> notice.path("params"))
                .toList();
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /// Status of the close frame; 1006 when the socket just broke.
    public int closeCode() {
        return closed.orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    /// Breaks the connection without a word.
    public void abort() {
        socket().abort();
    }

    /// Waits for the server's close frame, 5 s at most: tearing the connection down at once can reset it, and then
    /// the server never reads what was said last (RFC 6455 §7.1.1).
    @Override
    public void close() {
        socket().sendClose(1000, "Normal Close");
        closed.copy().completeOnTimeout(1006, GOODBYE_MS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            take(JSON.readTree(text));
        }
        webSocket.request(1);
        return null;
    }

    private void take(JsonNode message) {
        CompletableFuture<JsonNode> answer =
                message.has("id") ? pending.remove(message.path("id").asString()) : null;
        if (answer != null) {
            answer.complete(message);
        } else {
            if (remembering) {
                notices.add(message);
            }
            onNotice.accept(this, message);
            first.complete(message);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }
}
