package dev.stoa.bench.signal;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Signalling under load, measured at the receivers; each scenario has a server process of its own. Prints tables.
///
/// Arguments: root of the repository, then `room`, `store`, `large`, in any choice; after `=` the number of peers.
public final class SignalBench {
    private static final double JOINS_PER_SECOND = 200;
    private static final int SETTLE_SECONDS = 3;
    private static final int PING_EVERY = 500;
    private static final int WARM_UP_PEERS = 600;
    private static final double WARM_UP_JOINS_PER_SECOND = 100;
    private static final int WARM_UP_CHAT_SECONDS = 8;

    private final Path root;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final WebSocketLoop loop = new WebSocketLoop();

    private SignalBench(Path root) throws IOException {
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        try {
            run(args);
            System.exit(0);
        } catch (RuntimeException | IOException failed) {
            // Threads of the load would keep the process alive.
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] args) throws IOException, InterruptedException {
        SignalBench bench = new SignalBench(Path.of(args[0]));
        System.out.println("| Scenario | Measured | Value |\n|---|---|---|");
        for (String scenario : List.of(args).subList(1, args.length)) {
            String[] parts = scenario.split("=");
            int peers = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            switch (parts[0]) {
                case "room" -> bench.room(peers == 0 ? 2500 : peers);
                case "store" -> bench.store(peers == 0 ? 1000 : peers);
                case "large" -> bench.large(peers == 0 ? 19_000 : peers);
                default -> throw new IllegalArgumentException(scenario);
            }
        }
    }

    private static void row(String scenario, String what, Object value) {
        System.out.println("| " + scenario + " | " + what + " | " + value + " |");
    }

    /// A running server with a crowd, and what both use meanwhile.
    private final class Stage implements AutoCloseable {
        final String name;
        final ServerProcess server;
        final Api api;
        final Crowd crowd;
        private double serverCpu;
        private double ownCpu;
        private long startNs;

        Stage(String name, boolean large) throws IOException, InterruptedException {
            this.name = name;
            Path data = Files.createTempDirectory("stoa-bench-signal");
            server = ServerProcess.start(root, data);
            api = new Api(server.base());
            warmUp();
            crowd = new Crowd(http, loop, server.base(), api.room(large));
        }

        /// Others have been here before: half a minute of compiling is not what a server costs.
        private void warmUp() throws IOException, InterruptedException {
            try (Crowd before = new Crowd(http, loop, server.base(), api.room(false))) {
                before.join(WARM_UP_PEERS, "speaker", WARM_UP_JOINS_PER_SECOND);
                SignalBench.chat(before, 20, 50, WARM_UP_CHAT_SECONDS);
            }
            pause(SETTLE_SECONDS);
        }

        void begin() throws IOException {
            serverCpu = server.cpuSeconds();
            ownCpu = ServerProcess.cpuSeconds(ProcessHandle.current().pid());
            startNs = System.nanoTime();
        }

        void end(String phase) throws IOException {
            double seconds = (System.nanoTime() - startNs) / 1e9;
            double load = ServerProcess.cpuSeconds(ProcessHandle.current().pid()) - ownCpu;
            row(
                    name,
                    phase + ": CPU of the server / of the load, cores",
                    "%.2f / %.2f".formatted((server.cpuSeconds() - serverCpu) / seconds, load / seconds));
            row(name, phase + ": server's resident memory, MB", server.residentMb());
        }

        void join(int peers, String role) throws IOException {
            crowd.joins.clear();
            begin();
            crowd.join(peers, role, JOINS_PER_SECOND);
            row(
                    name,
                    peers + " joins, %.0f a second: p50 / p99 / max, ms".formatted(JOINS_PER_SECOND),
                    crowd.joins.text());
            row(name, "joins that failed", crowd.failures.get());
            end("joins");
            pause(SETTLE_SECONDS);
        }

        /// @param perSecond of all senders together
        void chat(int senders, double perSecond, int seconds) throws IOException {
            begin();
            int sent = SignalBench.chat(crowd, senders, perSecond, seconds);
            end("chat");
            pause(SETTLE_SECONDS);
            long expected = (long) sent * (crowd.peers.size() - 1);
            long received =
                    crowd.peers.stream().mapToLong(peer -> peer.messages.get()).sum();
            row(
                    name,
                    "%.0f messages a second to everybody for %d s: p50 / p99 / max, ms".formatted(perSecond, seconds),
                    crowd.messages.text());
            row(name, "messages received of expected", received + " of " + expected);
        }

        void rest() throws IOException, InterruptedException {
            long refused =
                    crowd.peers.stream().mapToLong(peer -> peer.refusals.get()).sum();
            long closed =
                    crowd.peers.stream().filter(peer -> peer.closed.isDone()).count();
            row(name, "requests refused / sockets lost", refused + " / " + closed);
            row(name, "slow readers cut by the server", (long)
                    ServerProcess.metric(api.metrics(), "stoa_signal_slow_readers_cut_total"));
        }

        @Override
        public void close() throws IOException {
            crowd.close();
            server.close();
        }
    }

    /// How many messages were sent.
    private static int chat(Crowd crowd, int senders, double perSecond, int seconds) {
        int sent = (int) (perSecond * seconds);
        long first = System.nanoTime();
        for (int i = 0; i < sent; i++) {
            LockSupport.parkNanos(first + (long) (i * 1e9 / perSecond) - System.nanoTime());
            crowd.peers.get(i % Math.min(senders, crowd.peers.size())).chat(100, null);
        }
        return sent;
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void room(int peers) throws IOException, InterruptedException {
        try (Stage stage = new Stage("one room", false)) {
            stage.join(peers, "speaker");
            stage.chat(100, 100, 20);
            slowReaders(stage, 10);
            stage.rest();
        }
    }

    private static void slowReaders(Stage stage, int count) {
        List<SimPeer> slow = stage.crowd.peers.subList(stage.crowd.peers.size() - count, stage.crowd.peers.size());
        slow.forEach(SimPeer::stopReading);
        long startNs = System.nanoTime();
        int senders = Math.min(500, stage.crowd.peers.size() - count);
        int sender = 0;
        while (slow.stream().anyMatch(peer -> !peer.closed.isDone())
                && System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(60)) {
            for (SimPeer peer : slow) {
                stage.crowd.peers.get(sender++ % senders).chat(4000, peer);
            }
            LockSupport.parkNanos(2_000_000);
            if (sender % PING_EVERY == 0) {
                // Who does not read learns that it was cut when it writes.
                slow.forEach(SimPeer::ping);
            }
        }
        row(
                stage.name,
                "of %d peers that stopped reading, cut off".formatted(count),
                slow.stream().filter(peer -> peer.closed.isDone()).count());
    }

    private void store(int observers) throws IOException, InterruptedException {
        try (Stage stage = new Stage("store", false)) {
            stage.join(observers, "speaker");
            stage.crowd.peers.forEach(peer -> peer.observe("k"));
            pause(SETTLE_SECONDS);
            stage.begin();
            int sent = 200;
            for (int i = 0; i < sent; i++) {
                stage.crowd.peers.get(i % 20).set("k");
                LockSupport.parkNanos(100_000_000);
            }
            stage.end("changes");
            pause(SETTLE_SECONDS);
            row(
                    stage.name,
                    "10 changes a second to %d observers: p50 / p99 / max, ms".formatted(observers),
                    stage.crowd.messages.text());
            row(
                    stage.name,
                    "changes received of expected",
                    stage.crowd.peers.stream()
                                    .mapToLong(peer -> peer.changes.get())
                                    .sum() + " of " + (long) sent * observers);
            stage.rest();
        }
    }

    private void large(int peers) throws IOException, InterruptedException {
        try (Stage stage = new Stage("large room", true)) {
            stage.join(10, "speaker");
            stage.join(peers - 10, "audience");
            stage.chat(10, 1, 20);
            stage.begin();
            pause(10);
            stage.end("idle, pings only");
            stage.rest();
        }
    }
}
