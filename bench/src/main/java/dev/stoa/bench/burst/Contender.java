package dev.stoa.bench.burst;

import com.sun.management.ThreadMXBean;
import dev.stoa.bench.StaticDtls;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sim.SimPeerConfig;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import dev.stoa.media.sim.socket.PeerLoop;
import dev.stoa.media.sim.socket.SocketPeer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One forwarder in this process, with its publisher and subscribers on a loop of their own. Not thread-safe.
abstract class Contender implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final SrtpCiphers CIPHERS = SrtpCipherChoice.best();
    private static final int LOOPBACK = 0x7F000001;

    private final String name;
    private final Burst burst;
    private final PeerLoop loop = PeerLoop.start();
    private final List<SocketPeer> peers = new ArrayList<>();
    private final List<SimSource> sources = new ArrayList<>();
    private final List<SimSink> sinks = new ArrayList<>();

    Contender(String name, Burst burst) {
        this.name = name;
        this.burst = burst;
    }

    /// What it did in a while.
    ///
    /// @param received by all subscribers, without repaired packets
    /// @param cpuNs of the forwarding thread
    /// @param allocated bytes, by that thread
    record Reading(long sent, long received, long cpuNs, long allocated) {
        Reading minus(Reading earlier) {
            return new Reading(
                    sent - earlier.sent,
                    received - earlier.received,
                    cpuNs - earlier.cpuNs,
                    allocated - earlier.allocated);
        }

        double nsPerPacket() {
            return (double) cpuNs / Math.max(1, received);
        }
    }

    /// What it says of itself, for people who look for a mistake.
    abstract String report();

    /// The thread that forwards.
    abstract Thread forwarder();

    static IceCredentials serverIce(int number) {
        return new IceCredentials("srv" + number, "server-password-0000000" + number);
    }

    /// Number 0 is the publisher.
    final int addPeer(int number, int port, boolean withIce) {
        SocketPeer peer = loop.udp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                (out, wakeup) -> new SimPeerConfig(
                        new Remote().setIpv4(LOOPBACK, port),
                        new IceCredentials("cli" + number, "client-password-0000000" + number),
                        serverIce(number),
                        new StaticDtls(number),
                        () -> {},
                        CIPHERS,
                        out,
                        new SplittableRandom(number)));
        peers.add(peer);
        return loop.call(nowNs -> {
            for (SimTrack track : burst.tracks(number)) {
                if (number == 0) {
                    sources.add(peer.peer().publish(track, burst.pace()));
                } else {
                    sinks.add(peer.peer().receive(track));
                }
            }
            if (withIce) {
                peer.peer().start(nowNs);
            }
            // The keys are there already.
            peer.peer().handleWakeup(nowNs);
            return peer.localPort();
        });
    }

    final String name() {
        return name;
    }

    final Burst burst() {
        return burst;
    }

    final void begin() {
        loop.call(nowNs -> {
            sources.forEach(source -> source.start(nowNs));
            return true;
        });
    }

    final void end() {
        loop.call(nowNs -> {
            sources.forEach(SimSource::stop);
            return true;
        });
    }

    final Reading read() {
        long id = forwarder().threadId();
        return loop.call(nowNs -> {
            long sent = sources.stream().mapToLong(SimSource::packetsSent).sum();
            long received = sinks.stream()
                    .mapToLong(sink -> sink.packets() - sink.repaired())
                    .sum();
            return new Reading(sent, received, THREADS.getThreadCpuTime(id), THREADS.getThreadAllocatedBytes(id));
        });
    }

    @Override
    public void close() {
        loop.close();
    }
}
