package dev.stoa.bench.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A peer without media: joins, pings as official clients do, and takes the time of what it receives. It reads only as
/// much of a message as it must, so that the load costs the machine less than the server.
final class SimPeer implements WebSocketLoop.Reader {
    /// Where the method of a notification begins.
    private static final int METHOD_AT = "{\"jsonrpc\":\"2.0\",\"method\":\"".length();
    /// Before the time at which a message was sent.
    static final String MARK = "@@";

    final String id;
    final CompletableFuture<Boolean> joined = new CompletableFuture<>();
    final CompletableFuture<Boolean> listed = new CompletableFuture<>();
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    final AtomicInteger messages = new AtomicInteger();
    final AtomicInteger changes = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    private final Latencies latencies;
    private volatile WebSocketLoop.@Nullable Connection connection;

    SimPeer(String id, Latencies latencies) {
        this.id = id;
        this.latencies = latencies;
    }

    void opened(WebSocketLoop.Connection opened) {
        connection = opened;
    }

    @Override
    public void onText(ByteBuffer text, long nowNs) {
        if (text.get(text.position() + 2) == 'i') {
            answered(text);
        } else if (isMethod(text, "on-broadcast\"")) {
            messages.incrementAndGet();
            time(text, nowNs);
        } else if (isMethod(text, "on-metadata-change\"")) {
            changes.incrementAndGet();
            time(text, nowNs);
        } else if (isMethod(text, "peer-list\"")) {
            listed.complete(true);
        } else if (isMethod(text, "on-policy-change\"")) {
            send("{\"method\":\"join\",\"id\":\"join\",\"params\":{\"name\":\"peer\",\"data\":\"\"}}");
        } else if (isMethod(text, "on-error\"")) {
            fail(new IllegalStateException(string(text)));
        }
    }

    private void fail(Throwable cause) {
        joined.completeExceptionally(cause);
        listed.completeExceptionally(cause);
    }

    private void answered(ByteBuffer text) {
        int at = text.position() + "{\"id\":\"".length();
        if (text.get(at) == 'j') {
            joined.complete(true);
        }
        if (string(text).contains("\"error\"")) {
            refusals.incrementAndGet();
        }
    }

    private static String string(ByteBuffer text) {
        return StandardCharsets.UTF_8.decode(text.duplicate()).toString();
    }

    private static boolean isMethod(ByteBuffer text, String method) {
        int at = text.position() + METHOD_AT;
        if (text.limit() < at + method.length()) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            if (text.get(at + i) != method.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void time(ByteBuffer text, long nowNs) {
        for (int at = text.position(); at + 1 < text.limit(); at++) {
            if (text.get(at) == '@' && text.get(at + 1) == '@') {
                long sent = 0;
                for (int i = at + 2; text.get(i) >= '0' && text.get(i) <= '9'; i++) {
                    sent = sent * 10 + text.get(i) - '0';
                }
                latencies.add(nowNs - sent);
                return;
            }
        }
    }

    void send(String text) {
        WebSocketLoop.Connection open = connection;
        if (open != null) {
            open.send(text);
        }
    }

    /// Takes nothing off the socket any more.
    void stopReading() {
        WebSocketLoop.Connection open = connection;
        if (open != null) {
            open.stopReading();
        }
    }

    void ping() {
        send("{\"method\":\"ping\",\"id\":\"ping\",\"params\":{\"timestamp\":1}}");
    }

    /// @param length characters of the text, at least 30
    void chat(int length, @Nullable SimPeer to) {
        String mark = MARK + System.nanoTime() + " ";
        String receiver = to == null ? "" : ",\"peer_id\":\"" + to.id + "\"";
        send("{\"method\":\"broadcast\",\"id\":\"chat\",\"params\":{\"info\":{\"type\":\"chat\",\"message\":\"" + mark
                + "x".repeat(length - mark.length()) + "\"}" + receiver + "}}");
    }

    void set(String key) {
        send("{\"method\":\"set-metadata\",\"id\":\"set\",\"params\":{\"key\":\"" + key + "\",\"data\":\"" + MARK
                + System.nanoTime() + " \"}}");
    }

    void observe(String key) {
        send("{\"method\":\"listen-metadata-change\",\"id\":\"observe\",\"params\":{\"keys\":[\"" + key + "\"]}}");
    }

    void leave() {
        WebSocketLoop.Connection open = connection;
        if (open != null && !closed.isDone()) {
            send("{\"method\":\"leave\",\"params\":{\"client_reason\":\"\"}}");
            open.close();
        }
    }

    void abort() {
        WebSocketLoop.Connection open = connection;
        if (open != null) {
            open.abort();
        }
        closed.complete(true);
    }

    @Override
    public void onClosed(String reason) {
        fail(new IllegalStateException(reason));
        closed.complete(true);
    }
}
