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
/// A dual-stack IPv6 socket where the machine has IPv6, else IPv4. Waiting is `ppoll` on the socket and an eventfd.
public final class LinuxDatagramIo implements DatagramIo {
    private static final int BATCH = 64;
    private static final int SEND_SLOTS = 256;
    private static final int BUFFER_BYTES = 4 << 20;

    private final MemorySegment captured;
    private final MemorySegment wakeCaptured;
    private final MessageTable in;
    private final MessageTable out;
    private final MemorySegment polled;
    private final MemorySegment timeout;
    private final MemorySegment wakeValue;
    private final MemorySegment wakeRead;
    private final IoCounters counters = new IoCounters();
    private final int fd;
    private final int wakeFd;
    private final int family;
    private final int localPort;
    private final Object closing = new Object();
    private int namesUsed = BATCH;
    private int queued;
    private boolean open = true;

    private LinuxDatagramIo(Arena arena, MemorySegment captured, int fd, int family, int wakeFd) {
        this.captured = captured;
        this.fd = fd;
        this.family = family;
        this.wakeFd = wakeFd;
        wakeCaptured = arena.allocate(LibC.CAPTURED);
        in = new MessageTable(arena, BATCH, SLOT_BYTES);
        out = new MessageTable(arena, SEND_SLOTS, SLOT_BYTES);
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
        Arena arena = Arena.ofAuto();
        MemorySegment captured = arena.allocate(LibC.CAPTURED);
        int family = LibC.AF_INET6;
        int fd = LibC.socket(captured, family);
        if (fd < 0) {
            family = LibC.AF_INET;
            fd = LibC.socket(captured, family);
        }
        int wakeFd = fd < 0 ? -1 : LibC.eventfd(captured);
        if (wakeFd < 0 || !prepare(arena, captured, fd, family, port)) {
            int errno = LibC.errno(captured);
            closeQuietly(captured, fd);
            closeQuietly(captured, wakeFd);
            throw new IOException("cannot bind UDP port " + port + " (errno " + errno + ")");
        }
        return new LinuxDatagramIo(arena, captured, fd, family, wakeFd);
    }

    private static boolean prepare(Arena arena, MemorySegment captured, int fd, int family, int port) {
        MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
        value.set(ValueLayout.JAVA_INT, 0, BUFFER_BYTES);
        // The kernel caps these at its own limit; a smaller buffer works too.
        LibC.setsockopt(captured, fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, value);
        LibC.setsockopt(captured, fd, LibC.SOL_SOCKET, LibC.SO_SNDBUF, value);
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
        return "linux-ffm";
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int receive() {
        // The kernel leaves there how long the address was.
        for (int i = 0; i < namesUsed; i++) {
            in.nameLength(i, SocketAddress6.BYTES);
        }
        int count = Math.max(0, LibC.recvmmsg(captured, fd, in.headers(), BATCH));
        namesUsed = count;
        counters.receiveCalls++;
        counters.datagramsIn += count;
        for (int i = 0; i < count; i++) {
            counters.bytesIn += in.length(i);
            counters.droppedTooLong += isTruncated(i) ? 1 : 0;
        }
        return count;
    }

    private boolean isTruncated(int index) {
        return (in.flags(index) & LibC.MSG_TRUNC) != 0;
    }

    @Override
    public MemorySegment receiveSlab() {
        return in.slab();
    }

    @Override
    public long receiveOffset(int index) {
        return (long) index * SLOT_BYTES;
    }

    @Override
    public int receiveLength(int index) {
        return isTruncated(index) ? 0 : in.length(index);
    }

    @Override
    public void receiveRemote(int index, Remote into) {
        SocketAddress6.read(in.names(), in.nameOffset(index), into);
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
        SocketAddress6.write(out.names(), out.nameOffset(queued), family, remote.high(), remote.low(), remote.port());
        out.nameLength(queued, SocketAddress6.length(family));
        out.vectorLength(queued, length);
        queued++;
    }

    @Override
    public void flush() {
        int done = 0;
        while (done < queued) {
            MemorySegment headers = done == 0 ? out.headers() : out.headersFrom(done);
            int sent = LibC.sendmmsg(captured, fd, headers, queued - done);
            counters.sendCalls++;
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
                counters.droppedFull += queued - done;
                break;
            }
            counters.droppedRefused++;
            done++;
        }
        queued = 0;
    }

    private void countSent(int first, int count) {
        counters.datagramsOut += count;
        for (int i = first; i < first + count; i++) {
            counters.bytesOut += out.vectorLength(i);
        }
    }

    @Override
    public void await(long timeoutNs) {
        timeout.set(ValueLayout.JAVA_LONG, 0, timeoutNs / 1_000_000_000L);
        timeout.set(ValueLayout.JAVA_LONG, 8, timeoutNs % 1_000_000_000L);
        int ready = LibC.ppoll(captured, polled, 2, timeout);
        if (ready > 0 && polled.get(ValueLayout.JAVA_SHORT, 14) != 0) {
            LibC.read(captured, wakeFd, wakeRead, 8);
        }
    }

    @Override
    public void wakeup() {
        synchronized (closing) {
            if (open) {
                LibC.write(wakeCaptured, wakeFd, wakeValue, 8);
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
                closeQuietly(captured, fd);
                closeQuietly(captured, wakeFd);
            }
        }
    }

    private static void closeQuietly(MemorySegment captured, int descriptor) {
        if (descriptor >= 0) {
            LibC.close(captured, descriptor);
        }
    }
}
