package dev.stoa.media.sim.socket;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.sim.SimPeer;
import dev.stoa.media.sim.SimPeerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/// A [SimPeer] with a socket of its own, run by a [PeerLoop]. Its peer belongs to the loop's thread.
public final class SocketPeer {
    private final PeerLink link;
    private final SimPeer peer;
    private final AtomicBoolean awake = new AtomicBoolean();

    private SocketPeer(PeerLoop loop, PeerLink link, Configure configure) {
        this.link = link;
        this.peer = new SimPeer(configure.of(link, () -> loop.wake(this)));
    }

    /// Makes the configuration of a peer.
    @FunctionalInterface
    public interface Configure {
        /// @param out the peer's socket
        /// @param wakeup for the DTLS endpoint; from any thread
        SimPeerConfig of(DatagramOut out, Runnable wakeup);
    }

    static SocketPeer udp(PeerLoop loop, InetSocketAddress server, Configure configure) throws IOException {
        return new SocketPeer(loop, new UdpLink(server), configure);
    }

    static SocketPeer tcp(PeerLoop loop, InetSocketAddress server, Configure configure) throws IOException {
        return new SocketPeer(loop, new TcpLink(server), configure);
    }

    /// Of the loop's thread: use it inside [PeerLoop#call].
    public SimPeer peer() {
        return peer;
    }

    public int localPort() {
        return link.localPort();
    }

    PeerLink link() {
        return link;
    }

    /// False when a wake-up is already on its way.
    boolean markAwake() {
        return awake.compareAndSet(false, true);
    }

    void handleWakeup(long nowNs) {
        awake.set(false);
        peer.handleWakeup(nowNs);
    }
}
