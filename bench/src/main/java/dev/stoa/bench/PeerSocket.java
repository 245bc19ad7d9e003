package dev.stoa.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/// One blocking IPv4 UDP socket, one system call per datagram: how most media servers use theirs.
final class PeerSocket {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int ADDRESS_BYTES = 16;
    private static final int LOOPBACK = 0x7F000001;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt IPV4 = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final MethodHandle SOCKET =
            bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = bind("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            bind("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECVFROM = bind(
            "recvfrom", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SENDTO =
            bind("sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

    private final int fd;
    private final MemorySegment sender;
    private final MemorySegment senderLength;

    PeerSocket(Arena arena) throws IOException {
        sender = arena.allocate(ADDRESS_BYTES, 8);
        senderLength = arena.allocate(JAVA_INT);
        try {
            fd = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM, 0);
            MemorySegment value = arena.allocate(JAVA_INT);
            value.set(JAVA_INT, 0, BUFFER_BYTES);
            int received = (int) SETSOCKOPT.invokeExact(fd, SOL_SOCKET, SO_RCVBUF, value, 4);
            int sent = (int) SETSOCKOPT.invokeExact(fd, SOL_SOCKET, SO_SNDBUF, value, 4);
            int bound = (int) BIND.invokeExact(fd, address(arena, 0), ADDRESS_BYTES);
            if (received + sent + bound != 0) {
                throw new IOException("cannot open a socket");
            }
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    static MemorySegment address(Arena arena, int port) {
        MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        address.set(PORT, 2, (short) port);
        address.set(IPV4, 4, LOOPBACK);
        return address;
    }

    int port() {
        try {
            senderLength.set(JAVA_INT, 0, ADDRESS_BYTES);
            int result = (int) GETSOCKNAME.invokeExact(fd, sender, senderLength);
            return result < 0 ? -1 : sender.get(PORT, 2) & 0xFFFF;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    /// Waits for one datagram.
    int receive(MemorySegment into) {
        try {
            senderLength.set(JAVA_INT, 0, ADDRESS_BYTES);
            return (int) (long) RECVFROM.invokeExact(fd, into, into.byteSize(), 0, sender, senderLength);
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    boolean send(MemorySegment from, int length, MemorySegment address) {
        try {
            return (long) SENDTO.invokeExact(fd, from, (long) length, 0, address, ADDRESS_BYTES) == length;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
