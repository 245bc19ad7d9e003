package dev.stoa.bench.load.net;

import dev.stoa.client.MediaConnection;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sim.SimPeer;
import dev.stoa.media.sim.SimPeerConfig;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// One connection of an [EpollLoop]. Its peer belongs to the loop's thread.
final class LoopConnection implements MediaConnection, DatagramOut, Arrivals.Taker {
    /// Makes the peer's configuration.
    interface Configure {
        SimPeerConfig of(DatagramOut out, Runnable wakeup);
    }

    private final EpollLoop loop;
    private final ConnectedSocket socket;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable onWakeup;
    private final SimPeer peer;
    private boolean closed;
    /// Position in the loop's tables.
    int index;

    LoopConnection(EpollLoop loop, InetSocketAddress server, int localPort, Configure configure) throws IOException {
        this.loop = loop;
        this.socket = new ConnectedSocket(server, localPort);
        this.onWakeup = this::wake;
        this.peer = new SimPeer(configure.of(this, this::askWake));
    }

    private void askWake() {
        if (woken.compareAndSet(false, true)) {
            loop.execute(onWakeup);
        }
    }

    private void wake() {
        woken.set(false);
        if (!closed) {
            peer.handleWakeup(loop.nowNs());
            loop.schedule(this);
        }
    }

    SimPeer peer() {
        return peer;
    }

    ConnectedSocket socket() {
        return socket;
    }

    @Override
    public void take(long arrivedNs, MemorySegment buffer, long offset, int length) {
        peer.handleDatagram(arrivedNs, buffer, offset, length);
    }

    @Override
    public MemorySegment slab() {
        return loop.slab();
    }

    @Override
    public long reserve() {
        return 0;
    }

    @Override
    public void commit(Remote remote, long offset, int length) {
        if (!socket.send(loop.slab(), length)) {
            loop.countUnsent();
        }
    }

    @Override
    public void start() {
        run(sim -> {
            sim.start(nowNs());
            return true;
        });
    }

    @Override
    public long nowNs() {
        return loop.nowNs();
    }

    @Override
    public <T> T run(Function<SimPeer, T> action) {
        return loop.call(() -> {
            T result = action.apply(peer);
            if (!closed) {
                loop.schedule(this);
            }
            return result;
        });
    }

    @Override
    public boolean isConnected() {
        return run(SimPeer::isConnected);
    }

    @Override
    public void close() {
        loop.call(() -> {
            if (!closed) {
                closed = true;
                loop.remove(this);
                socket.close();
            }
            return true;
        });
    }
}
