package dev.stoa.media.io.tcp;

import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Media over TCP for networks that block UDP: accepts connections, cuts them into frames, hands these to the media
/// worker and writes its answers. One thread of its own; a fallback path that may allocate.
public final class TcpMedia implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TcpMedia.class);
    private static final int QUEUED_FRAMES = 4096;
    private static final int STOP_MS = 2_000;

    /// Takes the next connection from the listening socket; null when there is none.
    interface Acceptor {
        @Nullable
        SocketChannel accept(ServerSocketChannel server) throws IOException;
    }

    /// @param maxConnections further ones are closed at once
    /// @param idleNs a connection without a whole frame for so long is closed; ICE checks come every few seconds
    /// @param sweepMs how often idle connections are looked for
    record Limits(int maxConnections, long idleNs, long sweepMs) {
        static final Limits DEFAULT = new Limits(4096, 30_000_000_000L, 5_000);
    }

    private final Limits limits;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Map<Integer, TcpConnection> connections = new ConcurrentHashMap<>();
    private final SpscArrayQueue<TcpFrame> incoming = new SpscArrayQueue<>(QUEUED_FRAMES);
    private final MpscUnboundedArrayQueue<TcpConnection> dirty = new MpscUnboundedArrayQueue<>(256);
    private final Runnable wakeWorker;
    private final Thread thread;
    private volatile boolean running = true;
    private final LongAdder droppedFrames = new LongAdder();
    private final LongAdder acceptFailures = new LongAdder();
    private final Acceptor acceptor;
    private final SelectionKey acceptKey;
    private int lastConnection;
    private long lastSweepNs = System.nanoTime();

    private TcpMedia(
            Limits limits, ServerSocketChannel server, Acceptor acceptor, Selector selector, Runnable wakeWorker)
            throws IOException {
        this.limits = limits;
        this.acceptor = acceptor;
        this.acceptKey = server.register(selector, SelectionKey.OP_ACCEPT);
        this.server = server;
        this.selector = selector;
        this.wakeWorker = wakeWorker;
        this.thread = Thread.ofPlatform().name("media-tcp").daemon().unstarted(this::run);
    }

    /// @param wakeWorker called after frames were queued
    public static TcpMedia bind(int port, Runnable wakeWorker) throws IOException {
        return bind(port, Limits.DEFAULT, wakeWorker);
    }

    static TcpMedia bind(int port, Limits limits, Runnable wakeWorker) throws IOException {
        return bind(port, limits, ServerSocketChannel::accept, wakeWorker);
    }

    static TcpMedia bind(int port, Limits limits, Acceptor acceptor, Runnable wakeWorker) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(port));
            server.configureBlocking(false);
            return new TcpMedia(limits, server, acceptor, Selector.open(), wakeWorker);
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    public void start() {
        thread.start();
    }

    public int localPort() {
        return server.socket().getLocalPort();
    }

    /// Next received frame or closed connection; null when there is none. Called by one worker.
    public @Nullable TcpFrame poll() {
        return incoming.poll();
    }

    /// Queues a frame for a connection; dropped and counted when it is gone or does not keep up. Called by any worker.
    public void send(Remote remote, MemorySegment segment, long offset, int length) {
        TcpConnection connection = connections.get(remote.connection());
        if (connection == null || !connection.enqueue(segment, offset, length)) {
            droppedFrames.increment();
            return;
        }
        if (connection.markDirty()) {
            dirty.offer(connection);
            selector.wakeup();
        }
    }

    /// True when [#poll()] has something. Called by the worker.
    public boolean hasFrames() {
        return !incoming.isEmpty();
    }

    public long droppedFrames() {
        return droppedFrames.sum();
    }

    /// Times a connection could not be taken, mostly for want of file descriptors.
    public long acceptFailures() {
        return acceptFailures.sum();
    }

    public int connectionCount() {
        return connections.size();
    }

    private void run() {
        while (running) {
            try {
                selector.select(isIdle() ? 0 : limits.sweepMs());
                turn();
            } catch (ClosedSelectorException closed) {
                return;
            } catch (IOException | RuntimeException broken) {
                log.warn("media TCP turn failed", broken);
            }
        }
    }

    /// Nothing grows old and nothing waits to be accepted again: no need to wake for a sweep.
    private boolean isIdle() {
        return connections.isEmpty() && acceptKey.interestOps() != 0;
    }

    private void turn() {
        for (SelectionKey key : selector.selectedKeys()) {
            handle(key);
        }
        selector.selectedKeys().clear();
        TcpConnection connection = dirty.poll();
        while (connection != null) {
            connection.markClean();
            write(connection);
            connection = dirty.poll();
        }
        sweep();
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
                return;
            }
            TcpConnection connection = (TcpConnection) key.attachment();
            if (key.isWritable()) {
                write(connection);
            }
            if (key.isValid() && key.isReadable()) {
                read(connection);
            }
        } catch (CancelledKeyException gone) {
            log.debug("media TCP connection went away");
        }
    }

    private void accept() {
        try {
            SocketChannel channel = acceptor.accept(server);
            if (channel == null) {
                return;
            }
            if (connections.size() >= limits.maxConnections()) {
                channel.close();
                return;
            }
            try {
                open(channel);
            } catch (IOException gone) {
                channel.close();
            }
        } catch (IOException refused) {
            log.debug("media TCP accept failed: {}", refused.getMessage());
            acceptFailures.increment();
            // The connection stays where it is, and would wake this thread again at once: the next sweep tries anew.
            acceptKey.interestOps(0);
        }
    }

    private void open(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int number = ++lastConnection;
        TcpConnection connection = new TcpConnection(channel, remote(channel, number), System.nanoTime());
        channel.register(selector, SelectionKey.OP_READ, connection);
        connections.put(number, connection);
    }

    private static Remote remote(SocketChannel channel, int number) throws IOException {
        InetSocketAddress address = (InetSocketAddress) channel.getRemoteAddress();
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress());
        Remote remote = new Remote();
        if (bytes.remaining() == 4) {
            remote.setIpv4(bytes.getInt(), address.getPort());
            return remote.set(remote.high(), remote.low(), address.getPort(), number);
        }
        return remote.set(bytes.getLong(), bytes.getLong(), address.getPort(), number);
    }

    private void read(TcpConnection connection) {
        try {
            int count = connection.channel.read(connection.reader.buffer());
            boolean any = false;
            for (byte[] frame = connection.reader.next(); frame != null; frame = connection.reader.next()) {
                connection.lastFrameNs = System.nanoTime();
                any = true;
                if (!incoming.offer(new TcpFrame(connection.remote, frame))) {
                    droppedFrames.increment();
                }
            }
            if (any) {
                wakeWorker.run();
            }
            if (count < 0 || connection.reader.isBroken()) {
                close(connection);
            }
        } catch (IOException reset) {
            close(connection);
        }
    }

    private void write(TcpConnection connection) {
        SelectionKey key = connection.channel.keyFor(selector);
        if (key == null || !key.isValid()) {
            return;
        }
        try {
            boolean drained = connection.write();
            key.interestOps(drained ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException reset) {
            close(connection);
        }
    }

    private void sweep() {
        long nowNs = System.nanoTime();
        if (nowNs - lastSweepNs < limits.sweepMs() * 1_000_000) {
            return;
        }
        lastSweepNs = nowNs;
        acceptKey.interestOps(SelectionKey.OP_ACCEPT);
        for (TcpConnection connection : connections.values()) {
            if (nowNs - connection.lastFrameNs > limits.idleNs()) {
                close(connection);
            }
        }
    }

    private void close(TcpConnection connection) {
        if (connections.remove(connection.remote.connection()) == null) {
            return;
        }
        try {
            connection.channel.close();
        } catch (IOException alreadyBroken) {
            log.debug("media TCP close failed: {}", alreadyBroken.getMessage());
        }
        if (incoming.offer(new TcpFrame(connection.remote, null))) {
            wakeWorker.run();
        }
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            server.close();
            for (TcpConnection connection : connections.values()) {
                connection.channel.close();
            }
            selector.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
