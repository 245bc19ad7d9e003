package dev.stoa.media.sim;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Reads repeated audio (RFC 2198 §3) as a receiver does: block by block, the repeated ones first.
final class SimRed {
    private static final int BLOCK_HEADER = 4;
    private static final int LENGTH_MASK = 0x3FF;

    private final int blockType;
    private MemorySegment buffer = MemorySegment.NULL;
    private long header;
    private long data;
    private long end;
    private int length;
    private boolean last;

    /// @param blockType payload type that blocks have to have
    SimRed(int blockType) {
        this.blockType = blockType;
    }

    /// Begins a payload; false when its headers are longer than it is.
    boolean wrap(MemorySegment buffer, long at, int payloadLength) {
        this.buffer = buffer;
        header = at;
        end = at + payloadLength;
        data = at;
        last = false;
        length = 0;
        while (data < end && Wire.u8(buffer, data) >= 0x80) {
            data += BLOCK_HEADER;
        }
        data++;
        return data <= end;
    }

    /// Goes to the next block; false after the last, or when what follows is no block of the expected type.
    boolean next() {
        if (last) {
            return false;
        }
        data += length;
        last = Wire.u8(buffer, header) < 0x80;
        length = (int) (last ? end - data : Wire.u16(buffer, header + 2) & LENGTH_MASK);
        boolean expected = (Wire.u8(buffer, header) & 0x7F) == blockType;
        header += last ? 1 : BLOCK_HEADER;
        return expected && data + length <= end;
    }

    long payloadOffset() {
        return data;
    }

    int payloadLength() {
        return length;
    }

    /// The packet itself, not one before it.
    boolean isLast() {
        return last;
    }
}
