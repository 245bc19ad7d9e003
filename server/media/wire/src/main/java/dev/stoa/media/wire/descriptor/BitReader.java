package dev.stoa.media.wire.descriptor;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Bits from the most significant on. Reading past the end gives zeros and is remembered. Never allocates.
final class BitReader {
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int at;
    private int end;
    private boolean overrun;

    void wrap(MemorySegment buf, long offset, int bytes) {
        this.buf = buf;
        this.offset = offset;
        this.at = 0;
        this.end = bytes * 8;
        this.overrun = false;
    }

    /// f(n), 0 to 32 bits.
    int bits(int count) {
        if (at + count > end) {
            overrun = true;
            at = end;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | Wire.u8(buf, offset + (at >>> 3)) >>> 7 - (at & 7) & 1;
        }
        return value;
    }

    boolean flag() {
        return bits(1) != 0;
    }

    /// ns(n): a value below `values`, in as few bits as that takes (AV1 specification §4.10.7).
    int nonSymmetric(int values) {
        int width = 32 - Integer.numberOfLeadingZeros(values);
        int shorter = (1 << width) - values;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }

    boolean overrun() {
        return overrun;
    }
}
