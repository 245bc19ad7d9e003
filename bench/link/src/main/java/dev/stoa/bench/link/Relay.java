package dev.stoa.bench.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The command `relay --server 127.0.0.1:PORT [--listen 127.0.0.1:0] [--seed 1] [--seconds 900] [--step LINE ...]`.
/// Prints `port N`, then obeys lines of [LinkStep] from `--step` and standard input, and answers each from standard
/// input with `ok` or `wrong: reason`. Ends when standard input does, at the latest after `--seconds`, and prints a
/// line of figures for each direction.
public final class Relay {
    private record Options(
            InetSocketAddress listen, InetSocketAddress server, long seed, long seconds, List<String> steps) {}

    private record Timed(long atNs, LinkStep step) {}

    private static final String END = "";

    private final EmulatedLink up;
    private final EmulatedLink down;
    private final UdpRelay relay;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Timed> steps = new ArrayList<>();

    private Relay(Options options) throws IOException {
        up = new EmulatedLink(options.seed);
        down = new EmulatedLink(~options.seed);
        relay = new UdpRelay(options.listen, options.server, up, down);
        options.steps.forEach(this::plan);
    }

    /// @param args see the class
    public static void main(String[] args) throws IOException {
        Options options;
        Relay relay;
        try {
            options = options(args);
            relay = new Relay(options);
        } catch (IllegalArgumentException e) {
            System.err.println("relay: " + e.getMessage());
            System.exit(2);
            return;
        }
        relay.serve(options.seconds);
    }

    private void serve(long seconds) throws IOException {
        System.out.println("port " + relay.port());
        Thread.ofPlatform().daemon().name("script").start(this::readLines);
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < endNs && obey()) {
            long nextStepNs = steps.stream().mapToLong(Timed::atNs).min().orElse(endNs);
            relay.run(Math.min(endNs, nextStepNs));
        }
        relay.close();
        System.out.println("up " + up.report());
        System.out.println("down " + down.report());
    }

    /// Takes what has been said and does what is due; false at the end of the script.
    private boolean obey() {
        String line;
        while ((line = lines.poll()) != null) {
            if (line.equals(END)) {
                return false;
            }
            try {
                plan(line);
                System.out.println("ok");
            } catch (IllegalArgumentException e) {
                System.out.println("wrong: " + e.getMessage());
            }
        }
        long nowNs = System.nanoTime();
        for (Iterator<Timed> i = steps.iterator(); i.hasNext(); ) {
            Timed timed = i.next();
            if (timed.atNs <= nowNs) {
                i.remove();
                timed.step.apply(nowNs, up, down);
            }
        }
        return true;
    }

    private void plan(String line) {
        LinkStep step = LinkStep.parse(line);
        steps.add(new Timed(System.nanoTime() + step.afterNs(), step));
    }

    private void readLines() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                if (!line.isBlank()) {
                    lines.add(line);
                    relay.wakeup();
                }
            }
        } catch (IOException e) {
            System.err.println("relay: " + e.getMessage());
        }
        lines.add(END);
        relay.wakeup();
    }

    private static Options options(String[] args) {
        InetSocketAddress listen = address("127.0.0.1:0");
        InetSocketAddress server = address("127.0.0.1:0");
        long seed = 1;
        long seconds = 900;
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("a value is missing: " + args[i]);
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--listen" -> listen = address(value);
                case "--server" -> server = address(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--seconds" -> seconds = Long.parseLong(value);
                case "--step" -> steps.add(value);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (server.getPort() == 0) {
            throw new IllegalArgumentException("--server 127.0.0.1:PORT is missing");
        }
        return new Options(listen, server, seed, seconds, steps);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("address:port is expected: " + text);
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
