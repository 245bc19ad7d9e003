package dev.stoa.bench.signal;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/// Many peers in one room, each on a web socket of its own.
final class Crowd implements AutoCloseable {
    private static final int PING_SECONDS = 3;
    private static final int WAIT_SECONDS = 300;

    final List<SimPeer> peers = new ArrayList<>();
    final Latencies joins = new Latencies();
    final Latencies messages = new Latencies();
    final AtomicInteger failures = new AtomicInteger();
    private final URI base;
    private final String room;
    private final WebSocketCoreClient client;
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();

    Crowd(WebSocketCoreClient client, URI base, String room) {
        this.client = client;
        this.base = base;
        this.room = room;
    }

    static WebSocketCoreClient client() {
        WebSocketCoreClient client = new WebSocketCoreClient();
        HttpClient http = client.getHttpClient();
        http.setMaxConnectionsPerDestination(Integer.MAX_VALUE);
        http.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
        try {
            http.setConnectTimeout(60_000);
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return client;
    }

    /// As an official client comes in: `/init`, the socket, `join` after the policy, the list of peers. Returns when
    /// all are inside.
    void join(int count, String role, double perSecond) throws IOException {
        String token = Api.appToken(room, role);
        List<CompletableFuture<?>> pending = new ArrayList<>();
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(startNs + (long) (i * 1e9 / perSecond) - System.nanoTime());
            pending.add(join(token));
        }
        CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
        peers.removeIf(peer -> peer.closed.isDone());
    }

    private CompletableFuture<?> join(String token) throws IOException {
        SimPeer peer = new SimPeer(UUID.randomUUID().toString(), messages);
        int number = peers.size();
        peers.add(peer);
        long startNs = System.nanoTime();
        CompletableFuture<Boolean> admitted = new CompletableFuture<>();
        client.getHttpClient()
                .newRequest(base.resolve("/init?peer_id=" + peer.id))
                .headers(headers -> headers.put("Authorization", "Bearer " + token))
                .send(result -> {
                    if (result.isSucceeded() && result.getResponse().getStatus() == 200) {
                        admitted.complete(true);
                    } else {
                        admitted.completeExceptionally(new IOException("init was refused or failed"));
                    }
                });
        return admitted.thenCompose(ok -> open(peer, token))
                .thenCompose(session -> CompletableFuture.allOf(peer.joined, peer.listed))
                .thenRun(() -> {
                    joins.add(System.nanoTime() - startNs);
                    long delayMs = number % (PING_SECONDS * 1000);
                    pings.scheduleAtFixedRate(peer::ping, delayMs, PING_SECONDS * 1000, TimeUnit.MILLISECONDS);
                })
                .exceptionally(failure -> {
                    failures.incrementAndGet();
                    peer.abort();
                    peer.closed.complete(true);
                    return null;
                });
    }

    private CompletableFuture<?> open(SimPeer peer, String token) {
        URI uri = URI.create("ws://" + base.getAuthority() + "/v2/ws?peer=" + peer.id + "&token=" + token);
        try {
            return client.connect(peer, uri);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        pings.shutdownNow();
        peers.forEach(SimPeer::leave);
    }
}
