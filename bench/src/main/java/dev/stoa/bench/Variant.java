package dev.stoa.bench;

import dev.stoa.media.crypto.BcDtlsClient;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.crypto.DtlsSettings;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sim.SimPeerConfig;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.socket.PeerLoop;
import dev.stoa.media.sim.socket.SocketPeer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One measured server: its process, and its publisher and subscribers in ours.
final class Variant implements AutoCloseable {
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());
    private static final SrtpCiphers CIPHERS = SrtpCipherChoice.best();
    private static final int STOP_S = 5;

    private final String name;
    private final PeerLoop loop;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final ProcessCpu cpu;
    private final List<SocketPeer> peers = new ArrayList<>();
    private final List<SimSource> sources = new ArrayList<>();
    private final List<List<SimSink>> sinks = List.of(new ArrayList<>(), new ArrayList<>());

    private Variant(String name, PeerLoop loop, List<String> arguments) throws IOException {
        this.name = name;
        this.loop = loop;
        this.process = new ProcessBuilder(command(arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = process.inputReader();
        this.questions = process.outputWriter();
        this.cpu = new ProcessCpu(process.pid());
    }

    /// The same JVM with the same options as ours.
    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CallBench.class.getName()));
        command.addAll(arguments);
        return command;
    }

    static Variant server(PeerLoop loop, String io, String cipher, int subscribers) throws IOException {
        Variant variant = new Variant(
                io + " + " + cipher,
                loop,
                List.of(
                        "server",
                        io,
                        cipher,
                        Integer.toString(subscribers),
                        IDENTITY.fingerprint().value()));
        int port = variant.port();
        for (int i = 0; i <= subscribers; i++) {
            variant.add(i, port);
        }
        return variant;
    }

    static Variant yardstick(PeerLoop loop, int subscribers) throws IOException {
        Variant variant = new Variant("peer pattern", loop, List.of("yardstick", Integer.toString(subscribers)));
        int port = variant.port();
        for (int i = 0; i <= subscribers; i++) {
            variant.addWithoutHandshake(i, port);
        }
        variant.ask(variant.peers.stream()
                .skip(1)
                .map(peer -> Integer.toString(peer.localPort()))
                .collect(Collectors.joining(" ", "ports ", "")));
        return variant;
    }

    private int port() throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith("ready ")) {
            throw new IOException(name + " did not start");
        }
        return Integer.parseInt(line.substring("ready ".length()));
    }

    private void add(int number, int port) {
        SocketPeer peer = loop.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (out, wakeup) -> {
            BcDtlsClient dtls =
                    new BcDtlsClient(IDENTITY, DtlsSettings.defaults(), List.of(SrtpProfile.AEAD_AES_128_GCM), wakeup);
            return config(number, port, dtls, dtls::start, out);
        });
        prepare(number, peer);
        loop.call(nowNs -> {
            peer.peer().start(nowNs);
            return nowNs;
        });
    }

    private void addWithoutHandshake(int number, int port) {
        SocketPeer peer = loop.udp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                (out, wakeup) -> config(number, port, new StaticDtls(number), () -> {}, out));
        prepare(number, peer);
        loop.call(nowNs -> {
            peer.peer().handleWakeup(nowNs);
            return nowNs;
        });
    }

    private static SimPeerConfig config(int number, int port, DtlsEndpoint dtls, Runnable retry, DatagramOut out) {
        return new SimPeerConfig(
                new Remote().setIpv4(0x7F000001, port),
                new IceCredentials("cli" + number, "client-password-0000000" + number),
                SfuChild.serverIce(number),
                dtls,
                retry,
                CIPHERS,
                out,
                new SplittableRandom(number));
    }

    private void prepare(int number, SocketPeer peer) {
        peers.add(peer);
        loop.call(nowNs -> {
            for (Feed feed : List.of(Feed.CAMERA, Feed.BUSY)) {
                if (number == 0) {
                    sources.add(peer.peer().publish(feed.published(), feed.pace()));
                } else {
                    sinks.get(feed.index()).add(peer.peer().receive(feed.subscribed(number)));
                }
            }
            return nowNs;
        });
    }

    String name() {
        return name;
    }

    boolean isConnected() {
        return loop.call(nowNs -> peers.stream().allMatch(peer -> peer.peer().isConnected()));
    }

    void start(Feed feed) {
        loop.call(nowNs -> {
            sources.get(feed.index()).start(nowNs);
            return nowNs;
        });
    }

    void stop(Feed feed) {
        loop.call(nowNs -> {
            sources.get(feed.index()).stop();
            return nowNs;
        });
    }

    /// @param sent by the publisher
    /// @param received by all subscribers, without repaired ones
    /// @param cpu of the server
    record Reading(long sent, long received, ProcessCpu.Reading cpu) {
        Reading minus(Reading earlier) {
            return new Reading(sent - earlier.sent, received - earlier.received, cpu.minus(earlier.cpu));
        }
    }

    Reading read(Feed feed) {
        return loop.call(nowNs -> {
            long received = 0;
            for (SimSink sink : sinks.get(feed.index())) {
                received += sink.packets() - sink.repaired();
            }
            return new Reading(sources.get(feed.index()).packetsSent(), received, cpu.read());
        });
    }

    String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        String answer = answers.readLine();
        return answer == null ? "gone" : answer;
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
