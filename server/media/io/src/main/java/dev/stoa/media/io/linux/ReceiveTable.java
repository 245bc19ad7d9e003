package dev.stoa.media.io.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An array of `struct mmsghdr` for receiving, each with one address, one buffer and room for one control message,
/// laid out once and reused for ever. With `UDP_GRO` the kernel may hand over a train as one message and tell the size
/// of its segments beside.
///
/// ```
/// mmsghdr (64 bytes): name * 8 | namelen 4 +4 | iov * 8 | iovlen 8 | control * 8 | controllen 8 | flags 4 +4 | len 4
/// +4
/// cmsghdr (24 bytes): len 8 | level 4 | type 4 | segment size 4 +4
/// ```
final class ReceiveTable {
    /// A whole train fits: 64 kB is the longest message there is.
    static final int BUFFER_BYTES = 65_536;

    /// Odd cache lines beyond the buffer, so that the beginnings of buffers do not share a cache set.
    private static final int STRIDE = BUFFER_BYTES + 33 * 64;

    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    private static final int IOVEC_BYTES = 16;
    private static final int NAME_BYTES = 32;
    private static final int CONTROL_BYTES = 64;
    private static final int SEGMENT_SIZE_BYTES = 20;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment slab;

    ReceiveTable(Arena arena, int count) {
        headers = arena.allocate((long) count * HEADER_BYTES, 64);
        MemorySegment vectors = arena.allocate((long) count * IOVEC_BYTES, 64);
        names = arena.allocate((long) count * NAME_BYTES, 64);
        controls = arena.allocate((long) count * CONTROL_BYTES, 64);
        slab = arena.allocate((long) count * STRIDE, 64);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            long vector = (long) i * IOVEC_BYTES;
            vectors.set(ValueLayout.ADDRESS, vector, slab.asSlice(offset(i)));
            vectors.set(ValueLayout.JAVA_LONG, vector + 8, BUFFER_BYTES);
            headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NAME_BYTES));
            headers.set(ValueLayout.ADDRESS, header + 16, vectors.asSlice(vector));
            headers.set(ValueLayout.JAVA_LONG, header + 24, 1);
            headers.set(ValueLayout.ADDRESS, header + 32, controls.asSlice((long) i * CONTROL_BYTES));
        }
    }

    MemorySegment slab() {
        return slab;
    }

    /// Where message `index` begins in the slab.
    long offset(int index) {
        return (long) index * STRIDE;
    }

    MemorySegment names() {
        return names;
    }

    long nameOffset(int index) {
        return (long) index * NAME_BYTES;
    }

    MemorySegment headers() {
        return headers;
    }

    /// The kernel leaves there how much it wrote, so this comes before each use.
    void prepare(int index) {
        headers.set(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + NAME_LENGTH, SocketAddress6.BYTES);
        headers.set(ValueLayout.JAVA_LONG, (long) index * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
    }

    int flags(int index) {
        return headers.get(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + FLAGS);
    }

    int length(int index) {
        return headers.get(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + LENGTH);
    }

    /// Size of the segments of a train; the whole length for a single datagram.
    int segmentBytes(int index) {
        long control = (long) index * CONTROL_BYTES;
        if (headers.get(ValueLayout.JAVA_LONG, (long) index * HEADER_BYTES + CONTROL_LENGTH) < SEGMENT_SIZE_BYTES
                || controls.get(ValueLayout.JAVA_INT, control + 8) != LibC.SOL_UDP
                || controls.get(ValueLayout.JAVA_INT, control + 12) != LibC.UDP_GRO) {
            return length(index);
        }
        int size = controls.get(ValueLayout.JAVA_INT, control + 16);
        return size > 0 ? size : length(index);
    }
}
