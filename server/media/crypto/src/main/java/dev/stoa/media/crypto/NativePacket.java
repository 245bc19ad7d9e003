package dev.stoa.media.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// Gives native code an address for a packet: its own when it is off-heap, that of a copy when it is in an array.
/// Single owner thread.
final class NativePacket {
    private MemorySegment copy = MemorySegment.NULL;

    /// Address of `length` bytes at `offset`, with their present content.
    long address(MemorySegment buffer, long offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.byteSize());
        if (buffer.isNative()) {
            return buffer.address() + offset;
        }
        if (copy.byteSize() < length) {
            copy = Arena.ofAuto().allocate(Math.max(2048, length));
        }
        MemorySegment.copy(buffer, offset, copy, 0, length);
        return copy.address();
    }

    /// Brings the content back from the copy, if there was one.
    void writeBack(MemorySegment buffer, long offset, int length) {
        if (!buffer.isNative()) {
            MemorySegment.copy(copy, 0, buffer, offset, length);
        }
    }
}
