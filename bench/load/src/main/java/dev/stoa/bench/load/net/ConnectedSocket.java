package dev.stoa.bench.load.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/// One UDP socket connected to the server, for IPv4. Used by its loop's thread only.
final class ConnectedSocket {
    private static final int BUFFER_BYTES = 2 << 20;
    private static final int ADDRESS_BYTES = 16;

    private final int fd;

    /// @param localPort 0 takes a free one
    ConnectedSocket(InetSocketAddress server, int localPort) throws IOException {
        fd = Calls.socket();
        if (fd < 0) {
            throw new IOException("cannot open a UDP socket");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            value.set(JAVA_INT, 0, BUFFER_BYTES);
            // What is lost here would be blamed on the server.
            if (Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_RCVBUFFORCE, value) < 0) {
                Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_RCVBUF, value);
            }
            Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_SNDBUF, value);
            value.set(JAVA_INT, 0, 1);
            int stamps = Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_TIMESTAMPNS, value);
            Calls.setsockopt(fd, Calls.SOL_UDP, Calls.UDP_GRO, value);
            MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
            address.set(JAVA_SHORT, 0, (short) Calls.AF_INET);
            address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) localPort);
            int bound = Calls.bind(fd, address);
            address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) server.getPort());
            MemorySegment.copy(MemorySegment.ofArray(server.getAddress().getAddress()), 0, address, 4, 4);
            if (stamps < 0 || bound < 0 || Calls.connect(fd, address) < 0) {
                Calls.close(fd);
                throw new IOException("cannot reach " + server);
            }
        }
    }

    int fd() {
        return fd;
    }

    /// Lost when the socket does not take it, as datagrams are.
    boolean send(MemorySegment from, int length) {
        return Calls.send(fd, from, length) == length;
    }

    void close() {
        Calls.close(fd);
    }
}
