package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Cursor over the entries of a full intra request (RFC 5104 §4.3.1). Reusable view, never allocates.
public final class Fir {
    static final int FORMAT = 4;

    private MemorySegment buf = MemorySegment.NULL;
    private long at;
    private long end;

    /// False when the reader does not stand on a FIR.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.FIR) {
            return false;
        }
        buf = reader.buffer();
        at = reader.packetOffset() + 4;
        end = reader.packetOffset() + reader.packetLength();
        return true;
    }

    /// Moves to the next entry; false at the end.
    public boolean next() {
        if (end - at < 16) {
            return false;
        }
        at += 8;
        return true;
    }

    /// The stream that should send a key frame.
    public int ssrc() {
        return Wire.i32(buf, at);
    }

    /// Command sequence number, 0 to 255; a repeated number is the same request.
    public int sequenceNumber() {
        return Wire.u8(buf, at + 4);
    }
}
