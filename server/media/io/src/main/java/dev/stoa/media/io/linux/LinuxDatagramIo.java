package dev.stoa.media.io.linux;

import dev.stoa.media.io.DatagramIo;
import dev.stoa.media.io.IoCounters;
import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// `recvmmsg` and `sendmmsg`: one system call moves a batch, nothing is allocated per datagram.
///
/// Datagrams of one flush to the same destination travel as a train, one message the kernel cuts at the very end
/// (`UDP_SEGMENT`); a trip through the network stack costs the same for sixteen as for one. Trains that arrive are cut
/// here (`UDP_GRO`). A kernel or route without either is served datagram by datagram.
///
/// A dual-stack IPv6 socket where the machine has IPv6, else IPv4. Waiting is `ppoll` on the socket and an eventfd.
public final class LinuxDatagramIo implements DatagramIo {
    private static final int BATCH = 64;
    /// Trains grow across the slots of one flush, so these are worth more than the memory they take.
    private static final int SEND_SLOTS = 512;

    /// Segments the kernel puts in a train at most (128 since Linux 6.9).
    private static final int TRAIN_SEGMENTS = 128;

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int TOO_LONG = -1;

    private final MemorySegment captured;
    private final ReceiveTable in;
    private final SendTable out;
    private final Trains trains = new Trains(SEND_SLOTS);
    private final RefusedRoutes refused = new RefusedRoutes();
    private final int[] sendLengths = new int[SEND_SLOTS];
    private final int[] messages = new int[BATCH * TRAIN_SEGMENTS];
    private final int[] offsets = new int[BATCH * TRAIN_SEGMENTS];
    private final int[] lengths = new int[BATCH * TRAIN_SEGMENTS];
    private final MemorySegment polled;
    private final MemorySegment timeout;
    private final MemorySegment wakeValue;
    private final MemorySegment wakeRead;
    private final IoCounters counters = new IoCounters();
    private final int fd;
    private final int wakeFd;
    private final int family;
    private final int localPort;
    private final boolean withTrains;
    private final Object closing = new Object();
    private int messagesUsed = BATCH;
    private int received;
    private int queued;
    private boolean open = true;

    private LinuxDatagramIo(Arena arena, MemorySegment captured, int fd, int family, int wakeFd, boolean withTrains) {
        this.withTrains = withTrains;
        this.captured = captured;
        this.fd = fd;
        this.family = family;
        this.wakeFd = wakeFd;
        in = new ReceiveTable(arena, BATCH);
        out = new SendTable(arena, SEND_SLOTS, SLOT_BYTES);
        polled = arena.allocate(16, 8);
        timeout = arena.allocate(16, 8);
        wakeValue = arena.allocate(8, 8);
        wakeRead = arena.allocate(8, 8);
        wakeValue.set(ValueLayout.JAVA_LONG, 0, 1);
        polled.set(ValueLayout.JAVA_INT, 0, fd);
        polled.set(ValueLayout.JAVA_SHORT, 4, LibC.POLLIN);
        polled.set(ValueLayout.JAVA_INT, 8, wakeFd);
        polled.set(ValueLayout.JAVA_SHORT, 12, LibC.POLLIN);
        localPort = boundPort();
    }

    public static boolean isSupported() {
        return LibC.isSupported();
    }

    /// @param port 0 takes a free one
    public static LinuxDatagramIo bind(int port) throws IOException {
        return bind(port, true);
    }

    /// @param port 0 takes a free one
    /// @param withTrains whether to send trains; they are received in any case
    public static LinuxDatagramIo bind(int port, boolean withTrains) throws IOException {
        return bind(port, withTrains, false);
    }

    /// @param shared true: other sockets of this process may have the same port, and each gets a share of what arrives
    public static LinuxDatagramIo bind(int port, boolean withTrains, boolean shared) throws IOException {
        Arena arena = Arena.ofAuto();
        MemorySegment captured = arena.allocate(LibC.CAPTURED);
        int family = LibC.AF_INET6;
        int fd = LibC.socket(captured, family);
        if (fd < 0) {
            family = LibC.AF_INET;
            fd = LibC.socket(captured, family);
        }
        int wakeFd = fd < 0 ? -1 : LibC.eventfd(captured);
        if (wakeFd < 0 || !prepare(arena, captured, fd, family, port, shared)) {
            int errno = LibC.errno(captured);
            closeQuietly(fd);
            closeQuietly(wakeFd);
            throw new IOException("cannot bind UDP port " + port + " (errno " + errno + ")");
        }
        return new LinuxDatagramIo(arena, captured, fd, family, wakeFd, withTrains);
    }

    private static boolean prepare(Arena arena, MemorySegment captured, int fd, int family, int port, boolean shared) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        value.set(ValueLayout.JAVA_INT, 0, BUFFER_BYTES);
        // The kernel caps these at its own limit; a smaller buffer works too.
        LibC.setsockopt(captured, fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, value);
        LibC.setsockopt(captured, fd, LibC.SOL_SOCKET, LibC.SO_SNDBUF, value);
        value.set(ValueLayout.JAVA_INT, 0, 1);
        if (shared && LibC.setsockopt(captured, fd, LibC.SOL_SOCKET, LibC.SO_REUSEPORT, value) < 0) {
            return false;
        }
        // Linux before 5.0 does not know it and then hands over single datagrams.
        LibC.setsockopt(captured, fd, LibC.SOL_UDP, LibC.UDP_GRO, value);
        value.set(ValueLayout.JAVA_INT, 0, 0);
        if (family == LibC.AF_INET6 && LibC.setsockopt(captured, fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, value) < 0) {
            return false;
        }
        MemorySegment address = arena.allocate(SocketAddress6.BYTES, 8);
        SocketAddress6.write(address, 0, family, 0, 0, port);
        return LibC.bind(captured, fd, address, SocketAddress6.length(family)) == 0;
    }

    private int boundPort() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = scratch.allocate(SocketAddress6.BYTES, 8);
            MemorySegment length = scratch.allocate(ValueLayout.JAVA_INT);
            length.set(ValueLayout.JAVA_INT, 0, SocketAddress6.BYTES);
            LibC.getsockname(captured, fd, address, length);
            return SocketAddress6.port(address);
        }
    }

    @Override
    public String name() {
        return withTrains ? "linux-ffm" : "linux-ffm-plain";
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int receive() {
        for (int i = 0; i < messagesUsed; i++) {
            in.prepare(i);
        }
        messagesUsed = Math.max(0, LibC.recvmmsg(fd, in.headers(), BATCH));
        counters.receiveCalls++;
        received = 0;
        for (int i = 0; i < messagesUsed; i++) {
            cut(i);
        }
        counters.datagramsIn += received;
        return received;
    }

    @Override
    public boolean isDrained() {
        return messagesUsed < BATCH;
    }

    private void cut(int message) {
        int length = in.length(message);
        int size = in.segmentBytes(message);
        boolean isTruncated = (in.flags(message) & LibC.MSG_TRUNC) != 0;
        counters.bytesIn += length;
        if (size < length) {
            counters.trainsIn++;
            counters.trainDatagramsIn += (length + size - 1) / size;
        }
        int at = 0;
        do {
            int segment = Math.min(size, length - at);
            take(message, at, isTruncated || segment > SLOT_BYTES ? TOO_LONG : segment);
            at += segment;
        } while (at < length && received < lengths.length);
    }

    private void take(int message, int at, int length) {
        messages[received] = message;
        offsets[received] = (int) in.offset(message) + at;
        lengths[received] = Math.max(0, length);
        counters.droppedTooLong += length == TOO_LONG ? 1 : 0;
        received++;
    }

    @Override
    public MemorySegment receiveSlab() {
        return in.slab();
    }

    @Override
    public long receiveOffset(int index) {
        return offsets[index];
    }

    @Override
    public int receiveLength(int index) {
        return lengths[index];
    }

    @Override
    public void receiveRemote(int index, Remote into) {
        SocketAddress6.read(in.names(), in.nameOffset(messages[index]), into);
    }

    @Override
    public MemorySegment sendSlab() {
        return out.slab();
    }

    @Override
    public int sendSlots() {
        return SEND_SLOTS;
    }

    @Override
    public void queue(Remote remote, int length) {
        long high = remote.high();
        long low = remote.low();
        int port = remote.port();
        sendLengths[queued] = length;
        if (trains.add(queued, high, low, port, length, !withTrains || refused.contains(high, low))) {
            int message = trains.count() - 1;
            SocketAddress6.write(out.names(), out.nameOffset(message), family, high, low, port);
            out.nameLength(message, SocketAddress6.length(family));
        }
        queued++;
    }

    @Override
    public void flush() {
        int count = trains.count();
        out.clear();
        for (int i = 0; i < count; i++) {
            out.buffers(i, trains, sendLengths);
        }
        int done = 0;
        while (done < count) {
            MemorySegment headers = done == 0 ? out.headers() : out.headersFrom(done);
            int sent = send(headers, count - done);
            if (sent > 0) {
                countSent(done, sent);
                done += sent;
                continue;
            }
            int errno = LibC.errno(captured);
            if (errno == LibC.EINTR) {
                continue;
            }
            if (errno == LibC.EAGAIN || errno == LibC.ENOBUFS) {
                countFull(done, count);
                break;
            }
            if (trains.segments(done) > 1) {
                sendOneByOne(done, errno);
            } else {
                counters.droppedRefused++;
            }
            done++;
        }
        trains.clear();
        queued = 0;
    }

    /// What fails is tried again at once, to learn why.
    private int send(MemorySegment headers, int count) {
        counters.sendCalls++;
        int sent = LibC.sendmmsg(fd, headers, count);
        if (sent >= 0) {
            return sent;
        }
        counters.sendCalls++;
        return LibC.sendmmsgErrno(captured, fd, headers, count);
    }

    /// A refused train may be the fault of its destination or of its being a train. When a single datagram passes, it
    /// was the latter.
    private void sendOneByOne(int train, int errno) {
        boolean trainsFail = errno == LibC.EIO || errno == LibC.EINVAL || errno == LibC.EMSGSIZE;
        counters.trainsRefused++;
        for (int slot = trains.firstSlot(train); slot >= 0; slot = trains.nextSlot(slot)) {
            int sent = LibC.sendmmsg(fd, out.single(train, slot, sendLengths[slot]), 1);
            counters.sendCalls++;
            if (sent > 0) {
                counters.datagramsOut++;
                counters.bytesOut += sendLengths[slot];
                if (trainsFail) {
                    refused.add(trains.high(train), trains.low(train));
                    trainsFail = false;
                }
            } else {
                counters.droppedRefused++;
            }
        }
    }

    private void countSent(int first, int count) {
        for (int i = first; i < first + count; i++) {
            int segments = trains.segments(i);
            counters.datagramsOut += segments;
            counters.bytesOut += trains.bytes(i);
            if (segments > 1) {
                counters.trainsOut++;
                counters.trainDatagramsOut += segments;
            }
        }
    }

    private void countFull(int first, int end) {
        for (int i = first; i < end; i++) {
            counters.droppedFull += trains.segments(i);
        }
    }

    /// For tests that make the kernel refuse.
    int descriptor() {
        return fd;
    }

    @Override
    public void await(long timeoutNs) {
        timeout.set(ValueLayout.JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
        timeout.set(ValueLayout.JAVA_LONG, 8, timeoutNs % 1_000_000_000L);
        int ready = LibC.ppoll(polled, 2, timeout);
        if (ready > 0 && polled.get(ValueLayout.JAVA_SHORT, 14) != 0) {
            LibC.read(wakeFd, wakeRead, 8);
        }
    }

    @Override
    public void wakeup() {
        synchronized (closing) {
            if (open) {
                LibC.write(wakeFd, wakeValue, 8);
            }
        }
    }

    @Override
    public IoCounters counters() {
        return counters;
    }

    /// Once only, and never under a [#wakeup()]: the numbers of closed descriptors soon belong to somebody else.
    @Override
    public void close() {
        synchronized (closing) {
            if (open) {
                open = false;
                closeQuietly(fd);
                closeQuietly(wakeFd);
            }
        }
    }

    private static void closeQuietly(int descriptor) {
        if (descriptor >= 0) {
            LibC.close(descriptor);
        }
    }
}
