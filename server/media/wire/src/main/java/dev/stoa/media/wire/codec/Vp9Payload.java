package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// View of the VP9 payload descriptor (RFC 9628 §4.2), without the reference indices and the scalability structure at
/// its end, which forwarding does not need. Reusable, never allocates. One thread at a time.
///
/// ```
///    0 1 2 3 4 5 6 7
///   |I|P|L|F|B|E|V|Z|   required
///   |M| PICTURE ID  |   if I; 15 bits when M
///   | TID |U| SID |D|   if L
///   |   TL0PICIDX   |   if L and not F
/// ```
public final class Vp9Payload {
    private int first;
    private int pictureId;
    private int pictureIdBits;
    private int layer;

    /// False when the descriptor does not fit into the payload.
    public boolean wrap(MemorySegment buf, long offset, int length) {
        if (length < 1 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        first = Wire.u8(buf, offset);
        pictureId = -1;
        pictureIdBits = 0;
        layer = -1;
        int at = 1;
        if ((first & 0x80) != 0) {
            int bytes = pictureIdBytes(buf, offset, length, first);
            if (at + bytes > length) {
                return false;
            }
            pictureIdBits = bytes == 2 ? 15 : 7;
            pictureId = bytes == 2 ? Wire.u16(buf, offset + at) & 0x7FFF : Wire.u8(buf, offset + at);
            at += bytes;
        }
        if ((first & 0x20) != 0) {
            if (at >= length) {
                return false;
            }
            layer = Wire.u8(buf, offset + at);
        }
        return true;
    }

    /// 0 to 127 or 32767; -1 when absent.
    public int pictureId() {
        return pictureId;
    }

    /// 7 or 15; 0 when there is no picture id.
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /// P: builds on earlier pictures.
    public boolean interPicture() {
        return (first & 0x40) != 0;
    }

    /// B: first packet of a frame (one spatial layer of a picture).
    public boolean startOfFrame() {
        return (first & 0x08) != 0;
    }

    /// E: last packet of a frame.
    public boolean endOfFrame() {
        return (first & 0x04) != 0;
    }

    /// Temporal layer, 0 to 7; -1 when the packet does not tell layers.
    public int temporalId() {
        return layer < 0 ? -1 : layer >>> 5;
    }

    /// Spatial layer, 0 to 7; -1 when the packet does not tell layers.
    public int spatialId() {
        return layer < 0 ? -1 : layer >>> 1 & 7;
    }

    /// U: higher temporal layers can be taken up after this picture.
    public boolean switchingUpPoint() {
        return layer >= 0 && (layer & 0x10) != 0;
    }

    /// Whether this is the first packet of a picture that refers to no earlier one: B, not P, lowest spatial layer.
    public static boolean isKeyFrameStart(MemorySegment buf, long offset, int length) {
        if (length < 1 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        int first = Wire.u8(buf, offset);
        boolean predicted = (first & 0x40) != 0;
        boolean begins = (first & 0x08) != 0;
        if (predicted || !begins) {
            return false;
        }
        if ((first & 0x20) == 0) {
            return true;
        }
        int layerAt = 1 + pictureIdBytes(buf, offset, length, first);
        return layerAt < length && (Wire.u8(buf, offset + layerAt) >>> 1 & 7) == 0;
    }

    private static int pictureIdBytes(MemorySegment buf, long offset, int length, int first) {
        if ((first & 0x80) == 0) {
            return 0;
        }
        return length > 1 && (Wire.u8(buf, offset + 1) & 0x80) != 0 ? 2 : 1;
    }
}
