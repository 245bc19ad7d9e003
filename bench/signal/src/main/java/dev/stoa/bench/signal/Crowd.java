package dev.stoa.bench.signal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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
    private final HttpClient http;
    private final WebSocketLoop loop;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();

    Crowd(HttpClient http, WebSocketLoop loop, URI base, String room) {
        this.http = http;
        this.loop = loop;
        this.base = base;
        this.room = room;
    }

    /// As an official client comes in: `/init`, the socket, `join` after the policy, the list of peers. Returns when
    /// all are inside.
    void join(int count, String role, double perSecond) {
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

    private CompletableFuture<?> join(String token) {
        SimPeer peer = new SimPeer(UUID.randomUUID().toString(), messages);
        int number = peers.size();
        peers.add(peer);
        return CompletableFuture.runAsync(() -> join(peer, number, token), threads);
    }

    private void join(SimPeer peer, int number, String token) {
        long startNs = System.nanoTime();
        try {
            admit(peer, token);
            InetSocketAddress server = new InetSocketAddress(base.getHost(), base.getPort());
            String path = "/v2/ws?peer=" + peer.id + "&token=" + token;
            peer.opened(loop.open(server, path, peer));
            CompletableFuture.allOf(peer.joined, peer.listed).join();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            if (failures.getAndIncrement() == 0) {
                System.err.println("the first join that failed: " + failed);
            }
            peer.abort();
            return;
        }
        joins.add(System.nanoTime() - startNs);
        long delayMs = number % (PING_SECONDS * 1000);
        pings.scheduleAtFixedRate(peer::ping, delayMs, PING_SECONDS * 1000, TimeUnit.MILLISECONDS);
    }

    private void admit(SimPeer peer, String token) throws IOException, InterruptedException {
        HttpRequest init = HttpRequest.newBuilder(base.resolve("/init?peer_id=" + peer.id))
                .header("Authorization", "Bearer " + token)
                .build();
        int status = http.send(init, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("/init answered " + status);
        }
    }

    @Override
    public void close() {
        pings.shutdownNow();
        peers.forEach(SimPeer::leave);
        threads.shutdownNow();
    }
}
