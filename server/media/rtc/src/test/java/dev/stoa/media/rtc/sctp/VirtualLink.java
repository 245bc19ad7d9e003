package dev.stoa.media.rtc.sctp;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Two peers in virtual time over a path that loses, doubles and reorders packets by a seed.
final class VirtualLink {
    static final long MS = 1_000_000L;

    /// @param loss 0..1, each way
    /// @param duplication 0..1
    /// @param jitterMs added at random to each packet, so packets overtake each other
    record Path(double loss, double duplication, int delayMs, int jitterMs) {
        static final Path PERFECT = new Path(0, 0, 10, 0);
    }

    private record Flight(long arrivalNs, long order, SctpPeer to, byte[] packet) {}

    final SctpPeer server;
    final SctpPeer client;
    long nowNs = 1_000 * MS;
    long packets;
    /// Drops a packet when it says so; for faults at one exact place.
    Predicate<byte[]> drop = packet -> false;

    private final Path path;
    private final SplittableRandom random;
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparingLong(Flight::arrivalNs).thenComparingLong(Flight::order));

    VirtualLink(long seed, Path path) {
        this(seed, path, SctpPeer.server(seed), SctpPeer.client(seed));
    }

    VirtualLink(long seed, Path path, SctpPeer server, SctpPeer client) {
        this.path = path;
        random = new SplittableRandom(seed);
        this.server = server;
        this.client = client;
    }

    static VirtualLink connected(long seed, Path path) {
        return connected(new VirtualLink(seed, path));
    }

    static VirtualLink connected(VirtualLink link) {
        link.client.sctp.connect(link.nowNs);
        link.runUntil(() -> link.client.sctp.isEstablished() && link.server.sctp.isEstablished(), 120_000);
        return link;
    }

    /// Runs until `done` or for this long in virtual time; true when done.
    boolean runUntil(BooleanSupplier done, long virtualMs) {
        long endNs = nowNs + virtualMs * MS;
        drain();
        while (!done.getAsBoolean()) {
            long next = nextNs();
            if (next > endNs) {
                nowNs = endNs;
                return done.getAsBoolean();
            }
            nowNs = Math.max(nowNs, next);
            step();
        }
        return true;
    }

    void run(long virtualMs) {
        runUntil(() -> false, virtualMs);
    }

    /// Sends what both have to say now.
    void drain() {
        send(server, client);
        send(client, server);
    }

    private long nextNs() {
        Flight first = flights.peek();
        long arrival = first == null ? Long.MAX_VALUE : first.arrivalNs;
        return Math.min(arrival, Math.min(server.sctp.nextTimeoutNs(), client.sctp.nextTimeoutNs()));
    }

    private void step() {
        Flight first = flights.peek();
        if (first != null && first.arrivalNs <= nowNs) {
            flights.remove();
            first.to.receive(nowNs, first.packet);
        } else {
            server.sctp.handleTimeout(nowNs);
            client.sctp.handleTimeout(nowNs);
        }
        drain();
    }

    private void send(SctpPeer from, SctpPeer to) {
        for (byte[] packet : from.poll(nowNs)) {
            packets++;
            if (drop.test(packet) || random.nextDouble() < path.loss) {
                continue;
            }
            launch(to, packet);
            if (random.nextDouble() < path.duplication) {
                launch(to, packet);
            }
        }
    }

    private void launch(SctpPeer to, byte[] packet) {
        long jitterNs = path.jitterMs == 0 ? 0 : random.nextLong(path.jitterMs * MS);
        flights.add(new Flight(nowNs + path.delayMs * MS + jitterNs, packets, to, packet));
    }
}
