package dev.stoa.media.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Proof that the loaded multi-buffer library keeps inside the memory reserved for its two structures, whose sizes
/// it does not tell.
final class IpsecMbBounds {
    private static final int ROOM = 16_384;
    private static final byte UNTOUCHED = 0x5A;
    private static final int MESSAGE_BYTES = 1_200;

    private IpsecMbBounds() {}

    /// Only where [LibIpsecMb#available()].
    static boolean hold() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = untouched(arena);
            MemorySegment context = untouched(arena);
            MemorySegment message = arena.allocate(MESSAGE_BYTES + AeadKey.TAG_BYTES);
            MemorySegment secret = arena.allocate(16);
            MemorySegment iv = arena.allocate(12);
            LibIpsecMb.expandKey(secret.address(), key.address());
            long end = message.address() + MESSAGE_BYTES;
            LibIpsecMb.seal(
                    key.address(),
                    context.address(),
                    message.address() + 20,
                    MESSAGE_BYTES - 20,
                    iv.address(),
                    message.address(),
                    20,
                    end);
            LibIpsecMb.open(
                    key.address(),
                    context.address(),
                    message.address() + 20,
                    MESSAGE_BYTES - 20,
                    iv.address(),
                    message.address(),
                    20,
                    end);
            return isUntouchedFrom(key, LibIpsecMb.KEY_BYTES) && isUntouchedFrom(context, LibIpsecMb.CONTEXT_BYTES);
        }
    }

    private static MemorySegment untouched(Arena arena) {
        return arena.allocate(ROOM, LibIpsecMb.KEY_ALIGNMENT).fill(UNTOUCHED);
    }

    private static boolean isUntouchedFrom(MemorySegment memory, long at) {
        for (long i = at; i < memory.byteSize(); i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, i) != UNTOUCHED) {
                return false;
            }
        }
        return true;
    }
}
