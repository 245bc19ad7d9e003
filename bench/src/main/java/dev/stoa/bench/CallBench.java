package dev.stoa.bench;

import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.sim.socket.PeerLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// CPU of the server process per forwarded packet: one publisher, many subscribers, real sockets over loopback.
///
/// All servers run at once, each in a process of its own; they are fed in turn, a slice each, round after round.
public final class CallBench {
    private static final int SUBSCRIBERS = 50;
    private static final int CAMERA_ROUNDS = 10;
    private static final int BUSY_ROUNDS = 3;
    private static final int SLICE_MS = 2_000;
    private static final int SETTLE_MS = 300;
    private static final int WARM_UP_PACKETS = 1_000_000;
    private static final int WARM_UP_MS = 30_000;
    private static final int IDLE_MS = 10_000;
    private static final int REST_MS = 20_000;
    private static final int LONGEST_SETTLE_MS = 600_000;
    private static final int REHEARSALS = 2;
    /// Of the compilers, per second.
    private static final long REST_NS = 100_000;
    private static final int CONNECT_MS = 60_000;

    private final List<Variant> variants;

    private CallBench(List<Variant> variants) {
        this.variants = variants;
    }

    /// `server …` and `yardstick …` are the measured children; anything else is the load: all servers, or only those
    /// named, like `linux-ffm+openssl`.
    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args.length == 0 ? "load" : args[0]) {
            case "server" -> SfuChild.run(args[1], args[2], Integer.parseInt(args[3]), args[4]);
            case "yardstick" -> YardstickChild.run(Integer.parseInt(args[1]));
            default -> load(List.of(args));
        }
    }

    private static void load(List<String> only) throws IOException, InterruptedException {
        List<Variant> variants = new ArrayList<>();
        try (PeerLoop loop = PeerLoop.start()) {
            variants.add(Variant.yardstick(loop, SUBSCRIBERS));
            for (Server server : servers()) {
                if (!only.isEmpty() && !only.contains(server.io() + "+" + server.cipher())) {
                    continue;
                }
                Variant variant = Variant.server(loop, server.io(), server.cipher(), SUBSCRIBERS);
                variants.add(variant);
                connect(variant);
            }
            new CallBench(variants).run();
        } finally {
            for (Variant variant : variants) {
                variant.close();
            }
        }
    }

    private record Server(String io, String cipher) {}

    private static List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        for (String io : List.of("nio", "linux-ffm")) {
            for (String cipher : List.of("jdk", "openssl")) {
                servers.add(new Server(io, cipher));
            }
        }
        servers.add(new Server("linux-ffm-plain", "openssl"));
        if (IpsecMbSrtpCiphers.load().isPresent()) {
            servers.add(new Server("linux-ffm", "ipsec-mb"));
        }
        return servers;
    }

    private static void connect(Variant variant) throws InterruptedException {
        for (int waited = 0; !variant.isConnected(); waited += SETTLE_MS) {
            if (waited > CONNECT_MS) {
                throw new IllegalStateException(variant.name() + ": peers did not connect");
            }
            Thread.sleep(SETTLE_MS);
        }
    }

    private void run() throws IOException, InterruptedException {
        for (Variant variant : variants) {
            warmUp(variant);
        }
        settle();
        for (int i = 0; i < REHEARSALS; i++) {
            slices(Feed.CAMERA, 1);
        }
        measure(Feed.CAMERA, CAMERA_ROUNDS);
        measure(Feed.BUSY, BUSY_ROUNDS);
        rest();
        System.out.println("What the servers say at the end (warm-up included):\n");
        for (Variant variant : variants) {
            System.out.printf("- %s: %s%n", variant.name(), variant.ask("report"));
        }
    }

    /// On a busy machine the compiler needs longer: packets count, not time.
    private static void warmUp(Variant variant) throws InterruptedException {
        variant.start(Feed.BUSY);
        for (int waited = 0; waited < WARM_UP_MS; waited += SETTLE_MS) {
            if (variant.read(Feed.BUSY).received() >= WARM_UP_PACKETS) {
                break;
            }
            Thread.sleep(SETTLE_MS);
        }
        variant.stop(Feed.BUSY);
    }

    /// The pace of a camera, all servers at once, until their compilers rest: what runs only now and then takes them
    /// minutes to reach, and a server runs for months.
    private void settle() throws InterruptedException {
        for (Variant variant : variants) {
            variant.start(Feed.CAMERA);
        }
        int waited = 0;
        double busiest;
        do {
            busiest = busiestInAWhile();
            waited += REST_MS;
        } while (busiest > REST_NS && waited < LONGEST_SETTLE_MS);
        for (Variant variant : variants) {
            variant.stop(Feed.CAMERA);
        }
        System.out.printf(
                Locale.ROOT,
                "After %d s at a camera's pace no server's compilers take more than %.2f ms of CPU a second.%n%n",
                waited / 1000,
                busiest / 1e6);
    }

    /// Nanoseconds a second that the compilers took, of the server where it was most.
    private double busiestInAWhile() throws InterruptedException {
        List<Variant.Reading> before =
                variants.stream().map(variant -> variant.read(Feed.CAMERA)).toList();
        Thread.sleep(REST_MS);
        double busiest = 0;
        for (int i = 0; i < variants.size(); i++) {
            ProcessCpu.Reading used =
                    variants.get(i).read(Feed.CAMERA).minus(before.get(i)).cpu();
            busiest = Math.max(busiest, used.compilerNs() * 1e3 / REST_MS);
        }
        return busiest;
    }

    private void measure(Feed feed, int rounds) throws InterruptedException {
        List<Slices> results = slices(feed, rounds);
        Thread.sleep(SETTLE_MS);
        System.out.printf(
                "1 publisher at %s (frames of five 1.2 kB packets) to %d subscribers; %d rounds of %.1f s each:%n%n",
                feed.name(), SUBSCRIBERS, rounds, SLICE_MS / 1e3);
        System.out.println("| server | CPU us per forwarded packet: process (lowest to highest) | forwarding thread"
                + " | ratio to the peer pattern | lost |");
        System.out.println("|---|---|---|---|---|");
        for (Slices slices : results) {
            print(slices, results.getFirst());
        }
        System.out.println();
    }

    private List<Slices> slices(Feed feed, int rounds) throws InterruptedException {
        List<Slices> results =
                variants.stream().map(variant -> new Slices(variant, feed)).toList();
        for (int round = 0; round < rounds; round++) {
            for (Slices slices : results) {
                slices.measure(SETTLE_MS, SLICE_MS);
            }
        }
        return results;
    }

    /// What listening to the subscribers' reports and keeping the connections costs while nobody sends.
    private void rest() throws InterruptedException {
        List<ProcessCpu.Reading> before = variants.stream()
                .map(variant -> variant.read(Feed.CAMERA).cpu())
                .toList();
        Thread.sleep(IDLE_MS);
        System.out.printf("Nobody publishes, %d subscribers, %d s:%n%n", SUBSCRIBERS, IDLE_MS / 1000);
        System.out.println("| server | CPU ms per second: process | forwarding thread |");
        System.out.println("|---|---|---|");
        for (int i = 0; i < variants.size(); i++) {
            ProcessCpu.Reading used = variants.get(i).read(Feed.CAMERA).cpu().minus(before.get(i));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f |%n",
                    variants.get(i).name(),
                    used.processNs() / 1e3 / IDLE_MS,
                    used.mediaNs() / 1e3 / IDLE_MS);
        }
        System.out.println();
    }

    private static void print(Slices slices, Slices yardstick) {
        Variant.Reading all = slices.all();
        long expected = all.sent() * SUBSCRIBERS;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f (%.2f to %.2f) | %.2f | %.2f | %d of %d |%n",
                slices.name(),
                slices.processUs(),
                slices.lowestUs(),
                slices.highestUs(),
                slices.mediaUs(),
                slices.ratioTo(yardstick),
                expected - all.received(),
                expected);
    }
}
