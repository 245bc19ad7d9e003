package dev.stoa.media.sim.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/// One thread that runs any number of peers over real sockets. Its time counts from its start.
public final class PeerLoop implements AutoCloseable {
    private static final long LONGEST_SLEEP_MS = 100;
    private static final long LONGEST_CALL_S = 30;

    private final Selector selector;
    private final Thread thread;
    private final long startNs = System.nanoTime();
    private final List<SocketPeer> peers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private long timerNs;
    private volatile boolean running = true;

    private PeerLoop(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().name("sim-peers").daemon().unstarted(this::run);
    }

    public static PeerLoop start() {
        try {
            PeerLoop loop = new PeerLoop(Selector.open());
            loop.thread.start();
            return loop;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A peer that reaches the server by UDP; it does nothing before it is started.
    public SocketPeer udp(InetSocketAddress server, SocketPeer.Configure configure) {
        try {
            return add(SocketPeer.udp(this, server, configure));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// A peer that reaches the server by TCP.
    public SocketPeer tcp(InetSocketAddress server, SocketPeer.Configure configure) {
        try {
            return add(SocketPeer.tcp(this, server, configure));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private SocketPeer add(SocketPeer peer) {
        return call(nowNs -> {
            try {
                peer.link().channel().register(selector, SelectionKey.OP_READ, peer);
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
            peers.add(peer);
            return peer;
        });
    }

    /// As if the peer's process was killed.
    public void kill(SocketPeer peer) {
        call(nowNs -> {
            peers.remove(peer);
            close(peer);
            return peer;
        });
    }

    /// Runs something on the loop's thread, where peers may be used, and waits for its result.
    public <T> T call(LongFunction<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        execute(() -> {
            try {
                done.complete(task.apply(nowNs()));
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done.orTimeout(LONGEST_CALL_S, TimeUnit.SECONDS).join();
    }

    void wake(SocketPeer peer) {
        if (peer.markAwake()) {
            execute(() -> peer.handleWakeup(nowNs()));
        }
    }

    private void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        try {
            while (running) {
                selector.select(sleepMs());
                turn();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private long sleepMs() {
        return Math.clamp((timerNs - nowNs()) / 1_000_000, 1, LONGEST_SLEEP_MS);
    }

    private void turn() {
        for (SelectionKey key : selector.selectedKeys()) {
            receive((SocketPeer) key.attachment());
        }
        selector.selectedKeys().clear();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            timerNs = 0;
        }
        long nowNs = nowNs();
        if (nowNs >= timerNs) {
            runTimers(nowNs);
        }
    }

    private void receive(SocketPeer peer) {
        try {
            peer.link().receive(nowNs(), peer.peer());
            timerNs = Math.min(timerNs, peer.peer().nextTimeoutNs());
        } catch (IOException gone) {
            peers.remove(peer);
            close(peer);
        }
    }

    private void runTimers(long nowNs) {
        timerNs = Long.MAX_VALUE;
        for (int i = 0; i < peers.size(); i++) {
            SocketPeer peer = peers.get(i);
            if (peer.peer().nextTimeoutNs() <= nowNs) {
                peer.peer().handleTimeout(nowNs);
            }
            timerNs = Math.min(timerNs, peer.peer().nextTimeoutNs());
        }
    }

    private static void close(SocketPeer peer) {
        try {
            peer.link().channel().close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private long nowNs() {
        return System.nanoTime() - startNs;
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join();
            for (SocketPeer peer : peers) {
                close(peer);
            }
            selector.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
