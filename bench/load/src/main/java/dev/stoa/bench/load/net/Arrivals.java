package dev.stoa.bench.load.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one `recvmmsg` brought, for one socket after the other: trains are cut (`UDP_GRO`), and each message comes with
/// the moment the kernel took it in (`SO_TIMESTAMPNS`), so that a late reader does not look like a slow server.
///
/// ```
/// mmsghdr (64 bytes): name * 8 | namelen 4 +4 | iov * 8 | iovlen 8 | control * 8 | controllen 8 | flags 4 +4 | len 4
/// +4
/// cmsghdr: len 8 | level 4 | type 4 | data, padded to 8
/// ```
final class Arrivals {
    /// Takes one datagram.
    interface Taker {
        void take(long arrivedNs, MemorySegment buffer, long offset, int length);
    }

    private static final int BATCH = 16;
    private static final int BUFFER_BYTES = 65_536;
    private static final int HEADER_BYTES = 64;
    private static final int IOVEC_BYTES = 16;
    private static final int CONTROL_BYTES = 128;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;
    private static final int CMSG_HEAD = 16;
    private static final long SECOND = 1_000_000_000L;

    private final MemorySegment headers;
    private final MemorySegment controls;
    private final MemorySegment buffers;
    private long segmentBytes;
    private long arrivedRealNs;

    Arrivals(Arena arena) {
        headers = arena.allocate((long) BATCH * HEADER_BYTES, 64);
        controls = arena.allocate((long) BATCH * CONTROL_BYTES, 64);
        buffers = arena.allocate((long) BATCH * BUFFER_BYTES, 64);
        MemorySegment vectors = arena.allocate((long) BATCH * IOVEC_BYTES, 64);
        for (int i = 0; i < BATCH; i++) {
            long header = (long) i * HEADER_BYTES;
            long vector = (long) i * IOVEC_BYTES;
            vectors.set(ADDRESS, vector, buffers.asSlice((long) i * BUFFER_BYTES));
            vectors.set(JAVA_LONG, vector + 8, BUFFER_BYTES);
            headers.set(ADDRESS, header + 16, vectors.asSlice(vector));
            headers.set(JAVA_LONG, header + 24, 1);
            headers.set(ADDRESS, header + 32, controls.asSlice((long) i * CONTROL_BYTES));
        }
    }

    /// Gives what waits in a socket to `taker`.
    ///
    /// @param nowNs for datagrams without a stamp
    /// @param realOffsetNs wall clock minus the loop's clock
    /// @return datagrams
    int receive(int fd, long nowNs, long realOffsetNs, Taker taker) {
        int total = 0;
        int count;
        do {
            for (int i = 0; i < BATCH; i++) {
                headers.set(JAVA_LONG, (long) i * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
            }
            count = Calls.recvmmsg(fd, headers, BATCH);
            for (int i = 0; i < count; i++) {
                total += cut(i, nowNs, realOffsetNs, taker);
            }
        } while (count == BATCH);
        return total;
    }

    private int cut(int message, long nowNs, long realOffsetNs, Taker taker) {
        int length = headers.get(JAVA_INT, (long) message * HEADER_BYTES + LENGTH);
        readControls(message, length);
        long arrivedNs = arrivedRealNs == 0 ? nowNs : Math.min(nowNs, arrivedRealNs - realOffsetNs);
        long begin = (long) message * BUFFER_BYTES;
        int count = 0;
        for (int at = 0; at < length; at += (int) segmentBytes) {
            taker.take(arrivedNs, buffers, begin + at, (int) Math.min(segmentBytes, length - at));
            count++;
        }
        return count;
    }

    private void readControls(int message, int length) {
        segmentBytes = length;
        arrivedRealNs = 0;
        long begin = (long) message * CONTROL_BYTES;
        long end = begin + headers.get(JAVA_LONG, (long) message * HEADER_BYTES + CONTROL_LENGTH);
        long at = begin;
        while (at + CMSG_HEAD <= end) {
            long bytes = controls.get(JAVA_LONG, at);
            if (bytes < CMSG_HEAD) {
                return;
            }
            int level = controls.get(JAVA_INT, at + 8);
            int type = controls.get(JAVA_INT, at + 12);
            if (level == Calls.SOL_UDP && type == Calls.UDP_GRO) {
                int size = controls.get(JAVA_INT, at + CMSG_HEAD);
                segmentBytes = size > 0 ? size : length;
            } else if (level == Calls.SOL_SOCKET && type == Calls.SO_TIMESTAMPNS) {
                arrivedRealNs =
                        controls.get(JAVA_LONG, at + CMSG_HEAD) * SECOND + controls.get(JAVA_LONG, at + CMSG_HEAD + 8);
            }
            at += bytes + 7 & ~7;
        }
    }
}
