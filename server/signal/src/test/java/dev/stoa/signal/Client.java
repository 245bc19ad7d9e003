package dev.stoa.signal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A web socket of a client.
final class Client implements WebSocket.Listener {
    private static final long WAIT_MS = 10_000;

    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    /// Status of the server's close frame, or 1006 when there was none.
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean reading;
    private @Nullable WebSocket socket;

    private Client(boolean reading) {
        this.reading = reading;
    }

    static Client open(HttpClient client, URI uri) {
        return open(client, uri, true);
    }

    /// @param reading false = never takes anything off the socket
    static Client open(HttpClient client, URI uri, boolean reading) {
        Client listener = new Client(reading);
        listener.socket = client.newWebSocketBuilder()
                .buildAsync(uri, listener)
                .orTimeout(WAIT_MS, TimeUnit.MILLISECONDS)
                .join();
        return listener;
    }

    WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new AssertionError("not open");
        }
        return open;
    }

    void send(String text) {
        socket().sendText(text, true).orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    JsonNode next() throws InterruptedException {
        String text = texts.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        if (text == null) {
            throw new AssertionError("nothing came");
        }
        return Conversation.JSON.readTree(text);
    }

    int closeCode() {
        return closed.orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (reading) {
            webSocket.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
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
