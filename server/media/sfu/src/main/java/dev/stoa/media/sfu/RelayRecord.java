package dev.stoa.media.sfu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Layout of the records between two workers. All begin with the number of the relay and the encoding they are about.
///
/// ```
///  0 relay | 4 encoding index | 8 SSRC | 12 more | 16 ...
/// ```
///
/// Towards subscribers: MEDIA (more: 1 for a repair, then the plaintext RTP packet), REPORT (more: RTP timestamp, then
/// the publisher's NTP time). Towards the publisher: KEY_FRAME, NACK (more: how many, then the low 16 bits of sequence
/// numbers as ints).
final class RelayRecord {
    static final int MEDIA = 1;
    static final int REPORT = 2;
    static final int KEY_FRAME = 3;
    static final int NACK = 4;

    static final int HEAD_BYTES = 16;
    static final int REPORT_BYTES = HEAD_BYTES + 8;

    private RelayRecord() {}

    static void head(MemorySegment slab, long at, int relay, PublishedStream stream, int more) {
        slab.set(ValueLayout.JAVA_INT, at, relay);
        slab.set(ValueLayout.JAVA_INT, at + 4, stream.index());
        slab.set(ValueLayout.JAVA_INT, at + 8, stream.ssrc());
        slab.set(ValueLayout.JAVA_INT, at + 12, more);
    }

    static int relay(MemorySegment slab, long at) {
        return slab.get(ValueLayout.JAVA_INT, at);
    }

    static int encoding(MemorySegment slab, long at) {
        return slab.get(ValueLayout.JAVA_INT, at + 4);
    }

    static int ssrc(MemorySegment slab, long at) {
        return slab.get(ValueLayout.JAVA_INT, at + 8);
    }

    static int more(MemorySegment slab, long at) {
        return slab.get(ValueLayout.JAVA_INT, at + 12);
    }
}
