package dev.stoa.media.rtc.sctp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Big-endian fields in a byte array.
final class Bytes {
    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int u8(byte[] bytes, int index) {
        return bytes[index] & 0xFF;
    }

    static int u16(byte[] bytes, int index) {
        return (short) U16.get(bytes, index) & 0xFFFF;
    }

    static int i32(byte[] bytes, int index) {
        return (int) U32.get(bytes, index);
    }

    static long u32(byte[] bytes, int index) {
        return Integer.toUnsignedLong(i32(bytes, index));
    }

    static long i64(byte[] bytes, int index) {
        return (long) U64.get(bytes, index);
    }

    static void put16(byte[] bytes, int index, int value) {
        U16.set(bytes, index, (short) value);
    }

    static void put32(byte[] bytes, int index, int value) {
        U32.set(bytes, index, value);
    }

    static void put64(byte[] bytes, int index, long value) {
        U64.set(bytes, index, value);
    }

    /// The next multiple of four: chunks and parameters are padded (RFC 9260 §3.2).
    static int padded(int length) {
        return (length + 3) & ~3;
    }
}
