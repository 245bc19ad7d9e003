package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Cursor over the sources that leave with a BYE (RFC 3550 §6.6). Reusable view, never allocates.
public final class Bye {
    private MemorySegment buf = MemorySegment.NULL;
    private long at;
    private int left;

    /// False when the reader does not stand on a BYE.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.BYE) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset();
        left = reader.count();
        return true;
    }

    /// Moves to the next source; false at the end.
    public boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        at += 4;
        return true;
    }

    public int ssrc() {
        return Wire.i32(buf, at);
    }
}
