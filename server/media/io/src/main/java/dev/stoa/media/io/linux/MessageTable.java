package dev.stoa.media.io.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An array of `struct mmsghdr`, each with one buffer and one address, laid out once and reused for ever.
///
/// ```
/// mmsghdr (64 bytes): name * 8 | namelen 4 +4 | iov * 8 | iovlen 8 | control * 8 | controllen 8 | flags 4 +4 | len 4
/// +4
/// ```
final class MessageTable {
    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;
    private static final int IOVEC_BYTES = 16;
    private static final int NAME_BYTES = 32;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment slab;

    MessageTable(Arena arena, int count, int slotBytes) {
        headers = arena.allocate((long) count * HEADER_BYTES, 64);
        vectors = arena.allocate((long) count * IOVEC_BYTES, 64);
        names = arena.allocate((long) count * NAME_BYTES, 64);
        slab = arena.allocate((long) count * slotBytes, 64);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            long vector = (long) i * IOVEC_BYTES;
            vectors.set(ValueLayout.ADDRESS, vector, slab.asSlice((long) i * slotBytes));
            vectors.set(ValueLayout.JAVA_LONG, vector + 8, slotBytes);
            headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NAME_BYTES));
            headers.set(ValueLayout.ADDRESS, header + 16, vectors.asSlice(vector));
            headers.set(ValueLayout.JAVA_LONG, header + 24, 1);
        }
    }

    MemorySegment slab() {
        return slab;
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

    /// Headers from `index` on; makes an object, so only for the rare retry after a refused message.
    MemorySegment headersFrom(int index) {
        return headers.asSlice((long) index * HEADER_BYTES);
    }

    void nameLength(int index, int length) {
        headers.set(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + NAME_LENGTH, length);
    }

    void vectorLength(int index, int length) {
        vectors.set(ValueLayout.JAVA_LONG, (long) index * IOVEC_BYTES + 8, length);
    }

    long vectorLength(int index) {
        return vectors.get(ValueLayout.JAVA_LONG, (long) index * IOVEC_BYTES + 8);
    }

    int flags(int index) {
        return headers.get(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + FLAGS);
    }

    int length(int index) {
        return headers.get(ValueLayout.JAVA_INT, (long) index * HEADER_BYTES + LENGTH);
    }
}
