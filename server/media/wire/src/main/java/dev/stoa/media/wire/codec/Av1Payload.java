package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Key frame test for AV1 (RTP Payload Format For AV1 v1.0, §4.4). Any thread; never allocates.
///
/// ```
///    0 1 2 3 4 5 6 7
///   |Z|Y| W |N|-|-|-|   aggregation header
/// ```
public final class Av1Payload {
    private Av1Payload() {}

    /// Whether this is the first packet of a coded video sequence (N), which begins with a key frame and
    /// cannot continue an earlier fragment (Z).
    public static boolean isKeyFrameStart(MemorySegment buf, long offset, int length) {
        return length > 1 && Wire.inside(buf, offset, length) && (Wire.u8(buf, offset) & 0x88) == 0x08;
    }
}
