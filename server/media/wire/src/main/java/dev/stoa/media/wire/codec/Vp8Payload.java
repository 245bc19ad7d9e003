package dev.stoa.media.wire.codec;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// View of the VP8 payload descriptor and of what follows it (RFC 7741 §4.2, §4.3; frame header RFC 6386 §9.1).
/// Reusable, never allocates; setters write through. One thread at a time.
///
/// ```
///    0 1 2 3 4 5 6 7
///   |X|R|N|S|R| PID |   required
///   |I|L|T|K| RSV   |   if X
///   |M| PictureID   |   if I; 15 bits when M
///   |   TL0PICIDX   |   if L
///   |TID|Y| KEYIDX  |   if T or K
/// ```
public final class Vp8Payload {
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int length;
    private int pictureIdAt;
    private int tl0PicIdxAt;
    private int layerAt;
    private int descriptorLength;

    /// False when the descriptor does not fit into the payload, or leaves nothing behind it.
    public boolean wrap(MemorySegment buf, long offset, int length) {
        if (length < 1 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        if (!Wire.isSame(this.buf, buf)) {
            this.buf = buf;
        }
        this.offset = offset;
        this.length = length;
        this.pictureIdAt = 0;
        this.tl0PicIdxAt = 0;
        this.layerAt = 0;
        this.descriptorLength = 1;
        if ((first() & 0x80) != 0 && !readExtension()) {
            return false;
        }
        return descriptorLength < length;
    }

    /// As [#isKeyFrameStart()] for callers without a view. Any thread.
    public static boolean isKeyFrameStart(MemorySegment buf, long offset, int length) {
        if (length < 2 || !Wire.inside(buf, offset, length)) {
            return false;
        }
        int first = Wire.u8(buf, offset);
        int data = 1;
        if ((first & 0x80) != 0) {
            int flags = Wire.u8(buf, offset + 1);
            boolean wide = (flags & 0x80) != 0 && length > 2 && (Wire.u8(buf, offset + 2) & 0x80) != 0;
            data = 2 + Integer.bitCount(flags & 0xC0) + ((flags & 0x30) != 0 ? 1 : 0) + (wide ? 1 : 0);
        }
        return (first & 0x17) == 0x10 && data < length && (Wire.u8(buf, offset + data) & 0x01) == 0;
    }

    private boolean readExtension() {
        if (length < 2) {
            return false;
        }
        int flags = Wire.u8(buf, offset + 1);
        int at = 2;
        if ((flags & 0x80) != 0) {
            if (at >= length) {
                return false;
            }
            pictureIdAt = at;
            at += (Wire.u8(buf, offset + at) & 0x80) == 0 ? 1 : 2;
        }
        if ((flags & 0x40) != 0) {
            tl0PicIdxAt = at++;
        }
        if ((flags & 0x30) != 0) {
            layerAt = at++;
        }
        descriptorLength = at;
        return at <= length;
    }

    private int first() {
        return Wire.u8(buf, offset);
    }

    private int flags() {
        return (first() & 0x80) == 0 ? 0 : Wire.u8(buf, offset + 1);
    }

    /// The segment given to the last wrap.
    public MemorySegment buffer() {
        return buf;
    }

    /// Bytes before the VP8 data.
    public int descriptorLength() {
        return descriptorLength;
    }

    /// S: the packet begins a partition.
    public boolean startOfPartition() {
        return (first() & 0x10) != 0;
    }

    /// N: no other frame refers to this one.
    public boolean nonReference() {
        return (first() & 0x20) != 0;
    }

    /// PID, 0 to 7.
    public int partitionIndex() {
        return first() & 0x07;
    }

    /// Whether this is the first packet of a frame.
    public boolean startOfFrame() {
        return startOfPartition() && partitionIndex() == 0;
    }

    /// 7 or 15; 0 when there is no picture id.
    public int pictureIdBits() {
        if (pictureIdAt == 0) {
            return 0;
        }
        return (Wire.u8(buf, offset + pictureIdAt) & 0x80) == 0 ? 7 : 15;
    }

    /// 0 to 127 or 32767 by [#pictureIdBits()]; -1 when absent.
    public int pictureId() {
        return switch (pictureIdBits()) {
            case 0 -> -1;
            case 7 -> Wire.u8(buf, offset + pictureIdAt);
            default -> Wire.u16(buf, offset + pictureIdAt) & 0x7FFF;
        };
    }

    /// Writes the low 7 or 15 bits, by the width the packet has; does nothing when absent.
    public void pictureId(int pictureId) {
        switch (pictureIdBits()) {
            case 0 -> {}
            case 7 -> Wire.put8(buf, offset + pictureIdAt, pictureId & 0x7F);
            default -> Wire.put16(buf, offset + pictureIdAt, 0x8000 | pictureId & 0x7FFF);
        }
    }

    /// 0 to 255; -1 when absent.
    public int tl0PicIdx() {
        return tl0PicIdxAt == 0 ? -1 : Wire.u8(buf, offset + tl0PicIdxAt);
    }

    /// Writes the low 8 bits; does nothing when absent.
    public void tl0PicIdx(int tl0PicIdx) {
        if (tl0PicIdxAt != 0) {
            Wire.put8(buf, offset + tl0PicIdxAt, tl0PicIdx);
        }
    }

    /// Temporal layer, 0 to 3; -1 when absent.
    public int temporalId() {
        return (flags() & 0x20) == 0 ? -1 : Wire.u8(buf, offset + layerAt) >>> 6;
    }

    /// Y: a receiver may switch up to this temporal layer here.
    public boolean layerSync() {
        return (flags() & 0x20) != 0 && (Wire.u8(buf, offset + layerAt) & 0x20) != 0;
    }

    /// 0 to 31; -1 when absent.
    public int keyIndex() {
        return (flags() & 0x10) == 0 ? -1 : Wire.u8(buf, offset + layerAt) & 0x1F;
    }

    /// Writes the low 5 bits; does nothing when absent.
    public void keyIndex(int keyIndex) {
        if ((flags() & 0x10) != 0) {
            Wire.put8(buf, offset + layerAt, Wire.u8(buf, offset + layerAt) & 0xE0 | keyIndex & 0x1F);
        }
    }

    /// Whether this is the first packet of a key frame: inverse key frame flag P = 0.
    public boolean isKeyFrameStart() {
        return startOfFrame() && (Wire.u8(buf, offset + descriptorLength) & 0x01) == 0;
    }

    /// Pixels; -1 unless this starts a key frame and holds its dimensions.
    public int width() {
        return dimension(6);
    }

    /// Pixels; -1 unless this starts a key frame and holds its dimensions.
    public int height() {
        return dimension(8);
    }

    /// Little endian, the upper two bits being a scale (RFC 6386 §9.1).
    private int dimension(int at) {
        if (length < descriptorLength + 10 || !isKeyFrameStart() || !hasStartCode()) {
            return -1;
        }
        long from = offset + descriptorLength + at;
        return (Wire.u8(buf, from + 1) << 8 | Wire.u8(buf, from)) & 0x3FFF;
    }

    private boolean hasStartCode() {
        return Wire.u24(buf, offset + descriptorLength + 3) == 0x9D012A;
    }
}
