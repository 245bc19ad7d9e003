package dev.stoa.media.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Network byte order access to a segment, heap or native, at any alignment. Offsets are in bytes from
/// the start of the segment and must lie inside it. Any thread; never allocates.
public final class Wire {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Wire() {}

    /// Unsigned byte, 0 to 255.
    public static int u8(MemorySegment buf, long offset) {
        return buf.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
    }

    /// Unsigned 16 bits, 0 to 65535.
    public static int u16(MemorySegment buf, long offset) {
        return buf.get(U16, offset) & 0xFFFF;
    }

    /// Unsigned 24 bits, 0 to 16777215.
    public static int u24(MemorySegment buf, long offset) {
        return u8(buf, offset) << 16 | u16(buf, offset + 1);
    }

    /// The 32 bits as a signed int; the right form for an SSRC or an RTP timestamp.
    public static int i32(MemorySegment buf, long offset) {
        return buf.get(I32, offset);
    }

    /// Unsigned 32 bits.
    public static long u32(MemorySegment buf, long offset) {
        return buf.get(I32, offset) & 0xFFFF_FFFFL;
    }

    /// The 64 bits as a signed long.
    public static long i64(MemorySegment buf, long offset) {
        return buf.get(I64, offset);
    }

    /// Writes the low 8 bits.
    public static void put8(MemorySegment buf, long offset, int value) {
        buf.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
    }

    /// Writes the low 16 bits.
    public static void put16(MemorySegment buf, long offset, int value) {
        buf.set(U16, offset, (short) value);
    }

    /// Writes the low 24 bits.
    public static void put24(MemorySegment buf, long offset, int value) {
        put8(buf, offset, value >>> 16);
        put16(buf, offset + 1, value);
    }

    /// Writes all 32 bits.
    public static void put32(MemorySegment buf, long offset, int value) {
        buf.set(I32, offset, value);
    }

    /// Writes all 64 bits.
    public static void put64(MemorySegment buf, long offset, long value) {
        buf.set(I64, offset, value);
    }

    /// True for one and the same object. Views that are mostly laid over the same segment again keep the reference they
    /// have: storing it anew costs a write barrier each time, and the collector a look at what it may point to.
    @SuppressWarnings("MemorySegmentReferenceEquality")
    public static boolean isSame(MemorySegment one, MemorySegment other) {
        return one == other;
    }

    /// Whether `length` bytes from `offset` lie inside the segment.
    public static boolean inside(MemorySegment buf, long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= buf.byteSize() - length;
    }
}
