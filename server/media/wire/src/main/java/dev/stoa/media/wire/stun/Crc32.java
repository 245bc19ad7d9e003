package dev.stoa.media.wire.stun;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// The FINGERPRINT value: CRC-32 of ITU V.42 XORed with "STUN" (RFC 8489 §14.7). By table, because the
/// JDK's class takes no segment without making a buffer object.
final class Crc32 {
    private static final int[] TABLE = table();

    private Crc32() {}

    static int fingerprint(MemorySegment buf, long offset, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ Wire.u8(buf, offset + i)) & 0xFF];
        }
        return ~crc ^ 0x5354554E;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0xEDB88320;
            }
            table[i] = value;
        }
        return table;
    }
}
