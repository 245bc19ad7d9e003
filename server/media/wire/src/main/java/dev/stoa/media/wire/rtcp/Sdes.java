package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Cursor over the items of an SDES packet (RFC 3550 §6.5). Reusable view; only [#text()] allocates.
public final class Sdes {
    /// Item type of the canonical name.
    public static final int CNAME = 1;

    private MemorySegment buf = MemorySegment.NULL;
    private long packet;
    private long at;
    private long end;
    private int chunksLeft;
    private boolean insideChunk;
    private int ssrc;
    private int itemType;
    private int itemLength;
    private long itemOffset;

    /// False when the reader does not stand on an SDES packet.
    public boolean wrap(RtcpReader reader) {
        if (reader.kind() != RtcpKind.SDES) {
            return false;
        }
        buf = reader.buffer();
        packet = reader.packetOffset();
        at = packet + 4;
        end = reader.packetOffset() + reader.packetLength();
        chunksLeft = reader.count();
        insideChunk = false;
        return true;
    }

    /// Moves to the next item of any source; false at the end, or where the rest is malformed.
    public boolean next() {
        while (insideChunk || chunksLeft > 0) {
            if (!insideChunk && !enterChunk()) {
                return false;
            }
            if (at >= end) {
                return stop();
            }
            int type = Wire.u8(buf, at);
            if (type == 0) {
                leaveChunk();
                continue;
            }
            return item(type);
        }
        return false;
    }

    private boolean enterChunk() {
        if (end - at < 4) {
            return stop();
        }
        ssrc = Wire.i32(buf, at);
        at += 4;
        chunksLeft--;
        insideChunk = true;
        return true;
    }

    /// The item list ends with one to four zero bytes, up to the next word counted from the start of the packet.
    private void leaveChunk() {
        long used = at + 1 - packet;
        at = packet + (used + 3) / 4 * 4;
        insideChunk = false;
    }

    private boolean item(int type) {
        if (end - at < 2 || end - at - 2 < Wire.u8(buf, at + 1)) {
            return stop();
        }
        itemType = type;
        itemLength = Wire.u8(buf, at + 1);
        itemOffset = at + 2;
        at = itemOffset + itemLength;
        return true;
    }

    private boolean stop() {
        chunksLeft = 0;
        insideChunk = false;
        return false;
    }

    /// The source the current item describes.
    public int ssrc() {
        return ssrc;
    }

    /// 1 to 255; see [#CNAME].
    public int itemType() {
        return itemType;
    }

    /// The item as UTF-8 text, at most 255 bytes of it.
    public String text() {
        byte[] bytes = buf.asSlice(itemOffset, itemLength).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
