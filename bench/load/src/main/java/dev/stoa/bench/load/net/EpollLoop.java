package dev.stoa.bench.load.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stoa.client.MediaConnection;
import dev.stoa.media.crypto.BcDtlsClient;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.crypto.DtlsSettings;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sim.SimPeerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One thread that runs any number of connections. Connections are opened and used from any thread.
public final class EpollLoop implements MediaConnection.Connector, AutoCloseable {
    private static final int EVENTS = 512;
    private static final int LONGEST_SLEEP_MS = 50;
    private static final long LONGEST_CALL_S = 60;
    private static final long NEVER = Long.MAX_VALUE;
    /// Packed on x86 alone.
    private static final int EVENT_BYTES = System.getProperty("os.arch", "").equals("amd64") ? 12 : 16;

    private static final int EVENT_DATA = EVENT_BYTES - 8;
    private static final int WAKE = -1;

    private final Clock clock = new Clock();
    private final SrtpCiphers ciphers;
    private final List<SrtpProfile> profiles;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final AtomicInteger seed = new AtomicInteger();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment slab = arena.allocate(DatagramOut.SLOT_BYTES, 64);
    private final MemorySegment events = arena.allocate((long) EVENTS * EVENT_BYTES, 8);
    private final MemorySegment wakeValue = arena.allocate(JAVA_LONG);
    private final MemorySegment wakeRead = arena.allocate(JAVA_LONG);
    private final Arrivals arrivals = new Arrivals(arena);
    private final int epoll = Calls.epollCreate();
    private final int wakeFd = Calls.eventfd();
    private final Thread thread;
    private @Nullable LoopConnection[] connections = new LoopConnection[64];
    /// When each connection has something to do: one array, so that looking at all of them costs little.
    private long[] deadlines = new long[64];
    private int used;
    private int free = -1;
    private int[] nextFree = new int[64];
    private long unsent;
    private volatile boolean running = true;

    private EpollLoop(int number, SrtpCiphers ciphers, List<SrtpProfile> profiles) {
        this.ciphers = ciphers;
        this.profiles = List.copyOf(profiles);
        Arrays.fill(deadlines, NEVER);
        wakeValue.set(JAVA_LONG, 0, 1);
        register(wakeFd, WAKE);
        thread = Thread.ofPlatform().daemon().name("load-" + number).unstarted(this::loop);
    }

    /// Offers what our server prefers.
    public static EpollLoop start(int number, SrtpCiphers ciphers) {
        return start(number, ciphers, List.of(SrtpProfile.AEAD_AES_128_GCM));
    }

    /// @param profiles offered, best first
    public static EpollLoop start(int number, SrtpCiphers ciphers, List<SrtpProfile> profiles) {
        EpollLoop loop = new EpollLoop(number, ciphers, profiles);
        loop.thread.start();
        return loop;
    }

    private void register(int fd, int index) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment event = scratch.allocate(EVENT_BYTES, 8);
            event.set(JAVA_INT, 0, Calls.EPOLLIN);
            event.set(JAVA_INT_UNALIGNED, EVENT_DATA, index);
            if (Calls.epollAdd(epoll, fd, event) < 0) {
                throw new IllegalStateException("epoll refused a socket");
            }
        }
    }

    @Override
    public MediaConnection open(
            DtlsIdentity identity, IceCredentials local, IceCredentials remote, InetSocketAddress server) {
        return open(identity, local, remote, server, 0);
    }

    /// @param localPort where to send from; 0 takes a free one
    public MediaConnection open(
            DtlsIdentity identity,
            IceCredentials local,
            IceCredentials remote,
            InetSocketAddress server,
            int localPort) {
        return call(() -> {
            try {
                LoopConnection connection = new LoopConnection(
                        this,
                        server,
                        localPort,
                        (out, wakeup) -> configure(identity, local, remote, server, out, wakeup));
                add(connection);
                return connection;
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        });
    }

    private SimPeerConfig configure(
            DtlsIdentity identity,
            IceCredentials local,
            IceCredentials remote,
            InetSocketAddress server,
            DatagramOut out,
            Runnable wakeup) {
        BcDtlsClient dtls = new BcDtlsClient(identity, DtlsSettings.defaults(), profiles, wakeup);
        int address = ByteBuffer.wrap(server.getAddress().getAddress()).getInt();
        return new SimPeerConfig(
                new Remote().setIpv4(address, server.getPort()),
                local,
                remote,
                dtls,
                dtls::start,
                ciphers,
                out,
                new SplittableRandom(seed.incrementAndGet()));
    }

    private void add(LoopConnection connection) {
        int index = free;
        if (index >= 0) {
            free = nextFree[index];
        } else {
            index = used++;
            if (index == deadlines.length) {
                connections = Arrays.copyOf(connections, 2 * index);
                nextFree = Arrays.copyOf(nextFree, 2 * index);
                deadlines = Arrays.copyOf(deadlines, 2 * index);
                Arrays.fill(deadlines, index, 2 * index, NEVER);
            }
        }
        connections[index] = connection;
        connection.index = index;
        register(connection.socket().fd(), index);
    }

    /// Of the loop's thread.
    void remove(LoopConnection connection) {
        connections[connection.index] = null;
        deadlines[connection.index] = NEVER;
        nextFree[connection.index] = free;
        free = connection.index;
    }

    /// Of the loop's thread.
    void schedule(LoopConnection connection) {
        deadlines[connection.index] = connection.peer().nextTimeoutNs();
    }

    MemorySegment slab() {
        return slab;
    }

    /// The loop's clock.
    public long nowNs() {
        return clock.nowNs();
    }

    void countUnsent() {
        unsent++;
    }

    /// Datagrams the own sockets did not take.
    public long unsent() {
        return call(() -> unsent);
    }

    /// Runs on the loop's thread and waits for the outcome.
    public <T> T call(Supplier<T> task) {
        if (Thread.currentThread() == thread) {
            return task.get();
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        execute(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done.orTimeout(LONGEST_CALL_S, TimeUnit.SECONDS).join();
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (sleeping.compareAndSet(true, false)) {
            Calls.write(wakeFd, wakeValue);
        }
    }

    private void loop() {
        while (running) {
            long nextNs = runTimers();
            int count = Calls.epollWait(epoll, events, EVENTS, sleepMs(nextNs));
            sleeping.set(false);
            long offset = clock.realOffsetNs(nowNs());
            for (int i = 0; i < count; i++) {
                receive(events.get(JAVA_INT_UNALIGNED, (long) i * EVENT_BYTES + EVENT_DATA), offset);
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private int sleepMs(long nextNs) {
        sleeping.set(true);
        // Whoever queued something before seeing the flag would not wake us.
        if (!tasks.isEmpty()) {
            return 0;
        }
        return (int) Math.clamp((nextNs - nowNs() + 999_999) / 1_000_000, 0, LONGEST_SLEEP_MS);
    }

    private void receive(int index, long realOffsetNs) {
        if (index == WAKE) {
            Calls.read(wakeFd, wakeRead);
            return;
        }
        LoopConnection connection = connections[index];
        if (connection != null) {
            arrivals.receive(connection.socket().fd(), nowNs(), realOffsetNs, connection);
            schedule(connection);
        }
    }

    /// Returns when there is something to do next.
    private long runTimers() {
        long next = NEVER;
        long nowNs = nowNs();
        for (int i = 0; i < used; i++) {
            if (deadlines[i] == NEVER) {
                continue;
            }
            LoopConnection connection = connections[i];
            if (connection != null && deadlines[i] <= nowNs) {
                // What a source sends now is stamped with this time, so it has to be exact.
                connection.peer().handleTimeout(nowNs());
                schedule(connection);
            }
            next = Math.min(next, deadlines[i]);
        }
        return next;
    }

    @Override
    public void close() {
        running = false;
        execute(() -> {});
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < used; i++) {
            LoopConnection connection = connections[i];
            if (connection != null) {
                connection.socket().close();
            }
        }
        Calls.close(epoll);
        Calls.close(wakeFd);
        arena.close();
    }
}
