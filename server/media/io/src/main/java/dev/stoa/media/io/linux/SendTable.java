package dev.stoa.media.io.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An array of `struct mmsghdr` for sending, each with one address, one or more buffers and one control message,
/// laid out once and reused for ever.
///
/// ```
/// mmsghdr (64 bytes): name * 8 | namelen 4 +4 | iov * 8 | iovlen 8 | control * 8 | controllen 8 | flags 4 +4 | len 4
/// +4
/// cmsghdr (24 bytes): len 8 | level 4 | type 4 | segment size 2 +6
/// ```
///
/// One header more than there are slots serves for sending the datagrams of a refused train one by one.
final class SendTable {
    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL_LENGTH = 40;
    private static final int IOVEC_BYTES = 16;
    private static final int NAME_BYTES = 32;
    private static final int CONTROL_BYTES = 24;
    private static final long CONTROL_USED = 18;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment slab;
    private final int slots;
    private final int slotBytes;
    private int usedVectors;

    SendTable(Arena arena, int slots, int slotBytes) {
        this.slots = slots;
        this.slotBytes = slotBytes;
        int messages = slots + 1;
        headers = arena.allocate((long) messages * HEADER_BYTES, 64);
        vectors = arena.allocate((long) messages * IOVEC_BYTES, 64);
        names = arena.allocate((long) messages * NAME_BYTES, 64);
        controls = arena.allocate((long) messages * CONTROL_BYTES, 64);
        slab = arena.allocate((long) slots * slotBytes, 64);
        for (int i = 0; i < messages; i++) {
            long header = (long) i * HEADER_BYTES;
            long control = (long) i * CONTROL_BYTES;
            headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NAME_BYTES));
            headers.set(ValueLayout.ADDRESS, header + 32, controls.asSlice(control));
            controls.set(ValueLayout.JAVA_LONG, control, CONTROL_USED);
            controls.set(ValueLayout.JAVA_INT, control + 8, LibC.SOL_UDP);
            controls.set(ValueLayout.JAVA_INT, control + 12, LibC.UDP_SEGMENT);
        }
    }

    MemorySegment slab() {
        return slab;
    }

    MemorySegment names() {
        return names;
    }

    long nameOffset(int message) {
        return (long) message * NAME_BYTES;
    }

    void nameLength(int message, int length) {
        headers.set(ValueLayout.JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH, length);
    }

    MemorySegment headers() {
        return headers;
    }

    /// Headers from `message` on; makes an object, so only for the rare retry after a refused message.
    MemorySegment headersFrom(int message) {
        return headers.asSlice((long) message * HEADER_BYTES);
    }

    /// Forgets the buffers of all messages.
    void clear() {
        usedVectors = 0;
    }

    /// Gives the message its buffers, those of a train, in order. Messages come in ascending order between two
    /// [#clear()]s.
    void buffers(int message, Trains trains, int[] lengths) {
        long header = (long) message * HEADER_BYTES;
        int segments = trains.segments(message);
        headers.set(ValueLayout.JAVA_LONG, header + VECTORS, vectors.address() + (long) usedVectors * IOVEC_BYTES);
        headers.set(ValueLayout.JAVA_LONG, header + VECTOR_COUNT, segments);
        for (int slot = trains.firstSlot(message); slot >= 0; slot = trains.nextSlot(slot)) {
            vector(usedVectors++, slot, lengths[slot]);
        }
        if (segments > 1) {
            headers.set(ValueLayout.JAVA_LONG, header + CONTROL_LENGTH, CONTROL_BYTES);
            short size = (short) trains.segmentBytes(message);
            controls.set(ValueLayout.JAVA_SHORT, (long) message * CONTROL_BYTES + 16, size);
        } else {
            headers.set(ValueLayout.JAVA_LONG, header + CONTROL_LENGTH, 0);
        }
    }

    /// Makes the spare message one datagram of `message`; returns its header.
    MemorySegment single(int message, int slot, int length) {
        long header = (long) slots * HEADER_BYTES;
        MemorySegment.copy(names, nameOffset(message), names, nameOffset(slots), NAME_BYTES);
        nameLength(slots, headers.get(ValueLayout.JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH));
        vector(slots, slot, length);
        headers.set(ValueLayout.JAVA_LONG, header + VECTORS, vectors.address() + (long) slots * IOVEC_BYTES);
        headers.set(ValueLayout.JAVA_LONG, header + VECTOR_COUNT, 1);
        headers.set(ValueLayout.JAVA_LONG, header + CONTROL_LENGTH, 0);
        return headersFrom(slots);
    }

    private void vector(int index, int slot, int length) {
        vectors.set(ValueLayout.JAVA_LONG, (long) index * IOVEC_BYTES, slab.address() + (long) slot * slotBytes);
        vectors.set(ValueLayout.JAVA_LONG, (long) index * IOVEC_BYTES + 8, length);
    }
}
