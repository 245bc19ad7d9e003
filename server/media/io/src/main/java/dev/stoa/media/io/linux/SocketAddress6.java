package dev.stoa.media.io.linux;

import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// `struct sockaddr_in6` and `struct sockaddr_in` at an offset of a segment.
///
/// ```
/// in6: family u16 | port u16 be | flowinfo u32 | address 16 bytes | scope u32      28 bytes
/// in4: family u16 | port u16 be | address 4 bytes | zero 8 bytes                   16 bytes
/// ```
final class SocketAddress6 {
    static final int BYTES = 28;
    static final int IPV4_BYTES = 16;

    private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddress6() {}

    static void write(MemorySegment segment, long offset, int family, long high, long low, int port) {
        segment.set(FAMILY, offset, (short) family);
        segment.set(PORT, offset + 2, (short) port);
        segment.set(INT, offset + 4, 0);
        if (family == LibC.AF_INET) {
            segment.set(INT, offset + 4, (int) low);
            segment.set(LONG, offset + 8, 0);
        } else {
            segment.set(LONG, offset + 8, high);
            segment.set(LONG, offset + 16, low);
            segment.set(INT, offset + 24, 0);
        }
    }

    static void read(MemorySegment segment, long offset, Remote into) {
        int port = segment.get(PORT, offset + 2) & 0xFFFF;
        if (segment.get(FAMILY, offset) == LibC.AF_INET) {
            into.setIpv4(segment.get(INT, offset + 4), port);
        } else {
            into.set(segment.get(LONG, offset + 8), segment.get(LONG, offset + 16), port, 0);
        }
    }

    static int port(MemorySegment segment) {
        return segment.get(PORT, 2) & 0xFFFF;
    }

    static int length(int family) {
        return family == LibC.AF_INET ? IPV4_BYTES : BYTES;
    }
}
