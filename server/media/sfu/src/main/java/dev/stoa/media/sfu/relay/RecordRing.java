package dev.stoa.media.sfu.relay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Bytes from one thread to one other, as records of any length, in order, without a lock.
///
/// ```
///  slab   | length kind | body, padded to 8 bytes | length kind | body | ...free... |
///                                                 ^ consumed                        ^ published
///  cells  | published, consumed as the writer saw it |  128 bytes apart  | consumed, published as the reader saw it |
/// ```
///
/// A record never wraps: what is left at the end is filled by a record of kind [#FILLER] that the reader skips. The
/// writer publishes by a release store after the bytes, the reader takes by an acquire load before them, and frees the
/// same way. Each side keeps what it last saw of the other's counter and looks again only when that does not suffice,
/// and the counters lie on cache lines of their own, so that a busy pair seldom takes a line from one another.
///
/// Counters only rise; the position in the slab is their remainder. The slab is made with the first record, so a pair
/// of workers that never talks costs nothing. Allocates nothing after that.
public final class RecordRing {
    static final int HEADER_BYTES = 8;
    private static final int FILLER = -1;
    private static final int ALIGNMENT = 8;
    private static final int LINE = 128;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long PUBLISHED = 0;
    private static final long CONSUMED_SEEN = 8;
    private static final long CONSUMED = LINE;
    private static final long PUBLISHED_SEEN = LINE + 8;

    private final long capacity;
    private final MemorySegment cells = Arena.ofAuto().allocate(2 * LINE, LINE);
    private final Writer writer = new Writer();
    private final Reader reader = new Reader();
    /// Written before the first release store, read after an acquire load that saw it.
    private @Nullable MemorySegment slab;

    /// @param bytes size of the slab, rounded up to a power of two, at least 64
    public RecordRing(int bytes) {
        this.capacity = Integer.highestOneBit(Math.clamp(bytes, 64, 1 << 30) * 2 - 1);
    }

    public Writer writer() {
        return writer;
    }

    public Reader reader() {
        return reader;
    }

    private long plain(long cell) {
        return (long) LONG.get(cells, cell);
    }

    private void plain(long cell, long value) {
        LONG.set(cells, cell, value);
    }

    private static long padded(int bodyBytes) {
        return (HEADER_BYTES + (long) bodyBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /// The end that fills. One thread at a time.
    public final class Writer {
        private long nextPublished = -1;
        private boolean fresh;
        private long refused;

        /// Room for a record; returns where its body begins in [#slab()], -1 when the ring is full (counted).
        ///
        /// @param kind not negative, the reader gets it
        /// @param bytes length of the body, at most a quarter of the ring
        public long claim(int kind, int bytes) {
            MemorySegment target = open();
            long tail = plain(PUBLISHED);
            long size = padded(bytes);
            long left = capacity - (tail & (capacity - 1));
            long filler = size > left ? left : 0;
            if (size > capacity / 4 || !fits(tail + filler + size)) {
                refused++;
                return -1;
            }
            if (filler > 0) {
                header(target, tail & (capacity - 1), FILLER, (int) filler - HEADER_BYTES);
            }
            long at = (tail + filler) & (capacity - 1);
            header(target, at, kind, bytes);
            nextPublished = tail + filler + size;
            return at + HEADER_BYTES;
        }

        private MemorySegment open() {
            MemorySegment open = slab;
            if (open == null) {
                open = Arena.ofAuto().allocate(capacity, LINE);
                slab = open;
            }
            return open;
        }

        private boolean fits(long end) {
            if (end - plain(CONSUMED_SEEN) <= capacity) {
                return true;
            }
            plain(CONSUMED_SEEN, (long) LONG.getAcquire(cells, CONSUMED));
            return end - plain(CONSUMED_SEEN) <= capacity;
        }

        private static void header(MemorySegment slab, long at, int kind, int bytes) {
            slab.set(ValueLayout.JAVA_INT, at, bytes);
            slab.set(ValueLayout.JAVA_INT, at + 4, kind);
        }

        /// Hands the claimed record over; what was written into it before is seen by the reader.
        public void commit() {
            LONG.setRelease(cells, PUBLISHED, nextPublished);
            fresh = true;
        }

        /// Where bodies are written; valid after the first [#claim].
        public MemorySegment slab() {
            return open();
        }

        /// True when something was committed since the last call: then the reader may have to be woken.
        public boolean takeFresh() {
            boolean was = fresh;
            fresh = false;
            return was;
        }

        /// Records that found no room. Other threads may read a value that is a little old.
        public long refused() {
            return refused;
        }
    }

    /// The end that empties. One thread at a time.
    public final class Reader {
        private MemorySegment bytes = MemorySegment.NULL;
        private long next = -1;
        private long at;
        private int kind;
        private int length;

        /// Goes to the next record and frees the one before; false when there is none (yet).
        public boolean next() {
            free();
            long head = plain(CONSUMED);
            while (head != plain(PUBLISHED_SEEN) || look(head)) {
                long position = head & (capacity - 1);
                length = bytes.get(ValueLayout.JAVA_INT, position);
                kind = bytes.get(ValueLayout.JAVA_INT, position + 4);
                at = position + HEADER_BYTES;
                next = head + padded(length);
                if (kind != FILLER) {
                    return true;
                }
                free();
                head = plain(CONSUMED);
            }
            return false;
        }

        /// Frees the present record, if there is one.
        public void free() {
            if (next >= 0) {
                LONG.setRelease(cells, CONSUMED, next);
                next = -1;
            }
        }

        private boolean look(long head) {
            long published = (long) LONG.getAcquire(cells, PUBLISHED);
            plain(PUBLISHED_SEEN, published);
            MemorySegment open = slab;
            if (published == head || open == null) {
                return false;
            }
            bytes = open;
            return true;
        }

        /// True when no record waits. Ordered with volatile accesses: who says it sleeps and then asks misses nothing.
        public boolean isEmpty() {
            long head = next >= 0 ? next : plain(CONSUMED);
            return (long) LONG.getVolatile(cells, PUBLISHED) == head;
        }

        public int kind() {
            return kind;
        }

        /// Bytes of the body.
        public int length() {
            return length;
        }

        /// Where the body begins in [#slab()].
        public long offset() {
            return at;
        }

        /// Holds the present record, which may be written into.
        public MemorySegment slab() {
            return bytes;
        }
    }
}
