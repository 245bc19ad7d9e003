package dev.stoa.media.sim;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// What a synthetic packet says of itself in the last bytes of its payload, whatever the codec.
///
/// ```
/// | magic, 32 | frame number, 32 | index, 16 | packets, 16 | key, 32 | send time in ns, 64 |
/// ```
final class FrameStamp {
    static final int BYTES = 24;
    private static final int MAGIC = 0x53_54_4F_41;

    private FrameStamp() {}

    static void write(MemorySegment buf, long at, int frame, int index, int packets, boolean key, long nowNs) {
        Wire.put32(buf, at, MAGIC);
        Wire.put32(buf, at + 4, frame);
        Wire.put16(buf, at + 8, index);
        Wire.put16(buf, at + 10, packets);
        Wire.put32(buf, at + 12, key ? 1 : 0);
        Wire.put64(buf, at + 16, nowNs);
    }

    /// Says of which layer a frame is and on which frames it builds, as [SimLayers#stamp].
    static void layers(MemorySegment buf, long at, int layers) {
        Wire.put32(buf, at + 12, Wire.i32(buf, at + 12) | layers);
    }

    static int layers(MemorySegment buf, long at) {
        return Wire.i32(buf, at + 12) & ~1;
    }

    /// Where the stamp of a payload begins; -1 when it has none.
    static long find(MemorySegment buf, long payloadAt, int payloadLength) {
        if (payloadLength < BYTES) {
            return -1;
        }
        long at = payloadAt + payloadLength - BYTES;
        return Wire.i32(buf, at) == MAGIC ? at : -1;
    }

    static int frame(MemorySegment buf, long at) {
        return Wire.i32(buf, at + 4);
    }

    static int index(MemorySegment buf, long at) {
        return Wire.u16(buf, at + 8);
    }

    static int packets(MemorySegment buf, long at) {
        return Wire.u16(buf, at + 10);
    }

    static boolean isKey(MemorySegment buf, long at) {
        return (Wire.i32(buf, at + 12) & 1) != 0;
    }

    static long sentNs(MemorySegment buf, long at) {
        return Wire.i64(buf, at + 16);
    }
}
