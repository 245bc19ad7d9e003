package dev.stoa.client;

import dev.stoa.media.crypto.BcDtlsClient;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.crypto.DtlsSettings;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sim.SimPeer;
import dev.stoa.media.sim.SimPeerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One peer connection on a UDP socket of its own, driven by a thread of its own.
public final class RtcConnection implements MediaConnection {
    private static final long MAX_WAIT_NS = 20_000_000;
    private static final long CALL_TIMEOUT_MS = 10_000;
    private static final int MAX_KEPT = 4_000;

    private final InetSocketAddress server;
    private final DatagramChannel channel;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> sent = new ConcurrentLinkedQueue<>();
    private final long originNs = System.nanoTime();
    private final SimPeer peer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean blackedOut;

    /// @param identity must be the certificate the description names
    public RtcConnection(DtlsIdentity identity, IceCredentials local, IceCredentials remote, InetSocketAddress server) {
        this.server = server;
        try {
            channel = DatagramChannel.open().bind(new InetSocketAddress(0));
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        BcDtlsClient dtls = new BcDtlsClient(
                identity, DtlsSettings.defaults(), List.of(SrtpProfile.AEAD_AES_128_GCM), this::dtlsWoke);
        this.peer = new SimPeer(new SimPeerConfig(
                new Remote().setIpv4(0x7F000001, server.getPort()),
                local,
                remote,
                dtls,
                dtls::start,
                new JdkSrtpCiphers(),
                new Out(),
                new SplittableRandom(server.getPort())));
        this.thread = Thread.ofPlatform().daemon().name("rtc-client").start(this::run);
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
        return System.nanoTime() - originNs;
    }

    @Override
    public <T> T run(Function<SimPeer, T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        post(() -> {
            try {
                result.complete(action.apply(peer));
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        });
        return result.orTimeout(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public boolean isConnected() {
        return run(SimPeer::isConnected);
    }

    /// Nothing passes in either direction.
    public void blackOut(boolean on) {
        blackedOut = on;
    }

    /// Copies of the datagrams sent so far, oldest first.
    public List<byte[]> sent() {
        return List.copyOf(sent);
    }

    /// Sends anything from this connection's own address.
    public void sendRaw(byte[] datagram) {
        run(sim -> {
            send(ByteBuffer.wrap(datagram));
            return true;
        });
    }

    private void dtlsWoke() {
        post(() -> peer.handleWakeup(nowNs()));
    }

    private void post(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(DatagramOut.SLOT_BYTES);
        try {
            while (!closed) {
                long waitNs = Math.clamp(peer.nextTimeoutNs() - nowNs(), 0, MAX_WAIT_NS);
                if (waitNs > 0) {
                    selector.select(Math.max(1, waitNs / 1_000_000));
                    selector.selectedKeys().clear();
                }
                turn(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(ByteBuffer buffer) throws IOException {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
        }
        while (channel.receive(buffer.clear()) != null) {
            if (!blackedOut) {
                peer.handleDatagram(nowNs(), MemorySegment.ofArray(buffer.array()), 0, buffer.position());
            }
        }
        if (peer.nextTimeoutNs() <= nowNs()) {
            peer.handleTimeout(nowNs());
        }
    }

    private void send(ByteBuffer datagram) {
        if (blackedOut) {
            return;
        }
        try {
            channel.send(datagram, server);
        } catch (IOException unreachable) {
            // As on a real network: the datagram is lost.
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CALL_TIMEOUT_MS);
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Out implements DatagramOut {
        private final byte[] bytes = new byte[SLOT_BYTES];
        private final MemorySegment slab = MemorySegment.ofArray(bytes);

        @Override
        public MemorySegment slab() {
            return slab;
        }

        @Override
        public long reserve() {
            return 0;
        }

        @Override
        public void commit(Remote remote, long offset, int length) {
            byte[] copy = Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
            if (sent.size() < MAX_KEPT) {
                sent.add(copy);
            }
            send(ByteBuffer.wrap(copy));
        }
    }
}
