package dev.stoa.media.wire.rtp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// View of one RTP packet in a segment (RFC 3550 §5.1, header extensions RFC 8285). Reusable, never
/// allocates; setters write through. One thread at a time.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                    CSRC (0 to 15 of them)                     |
/// |      profile (0xBEDE, 0x100x)     |   length in 32-bit words  |
/// |                     header extension elements                 |
/// |                     payload, then padding                     |
/// ```
public final class RtpPacket {
    /// Bytes of the header without CSRCs and extension.
    public static final int FIXED_HEADER = 12;
    /// Profile of one-byte extension elements (RFC 8285 §4.2).
    public static final int ONE_BYTE_PROFILE = 0xBEDE;

    private static final int TWO_BYTE_PROFILE = 0x1000;

    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int length;
    private int headerLength;
    private int paddingLength;

    /// Looks at plaintext RTP. False, leaving this view as it was, when version, CSRC count, extension
    /// length or padding do not fit into `length` bytes.
    public boolean wrap(MemorySegment buf, long offset, int length) {
        int header = measureHeader(buf, offset, length);
        if (header < 0) {
            return false;
        }
        int padding = 0;
        if ((Wire.u8(buf, offset) & 0x20) != 0) {
            if (header == length) {
                return false;
            }
            padding = Wire.u8(buf, offset + length - 1);
            if (padding == 0 || padding > length - header) {
                return false;
            }
        }
        accept(buf, offset, length, header, padding);
        return true;
    }

    /// Looks at an SRTP packet, whose header is in the clear but whose padding count is not: payload and
    /// authentication tag together count as payload, and [#paddingLength()] is 0 (RFC 3711 §3.1).
    public boolean wrapProtected(MemorySegment buf, long offset, int length) {
        int header = measureHeader(buf, offset, length);
        if (header < 0) {
            return false;
        }
        accept(buf, offset, length, header, 0);
        return true;
    }

    private void accept(MemorySegment buf, long offset, int length, int header, int padding) {
        if (!Wire.isSame(this.buf, buf)) {
            this.buf = buf;
        }
        this.offset = offset;
        this.length = length;
        this.headerLength = header;
        this.paddingLength = padding;
    }

    /// Bytes of fixed header, CSRCs and extension block; -1 when they do not fit.
    private static int measureHeader(MemorySegment buf, long offset, int length) {
        if (length < FIXED_HEADER || !Wire.inside(buf, offset, length)) {
            return -1;
        }
        int first = Wire.u8(buf, offset);
        if (first >>> 6 != 2) {
            return -1;
        }
        int header = FIXED_HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + 4 * Wire.u16(buf, offset + header + 2);
        }
        return header <= length ? header : -1;
    }

    /// The segment given to the last successful wrap.
    public MemorySegment buffer() {
        return buf;
    }

    /// Start of the packet in [#buffer()], in bytes.
    public long offset() {
        return offset;
    }

    /// Bytes of the whole packet, padding included.
    public int length() {
        return length;
    }

    public boolean marker() {
        return (Wire.u8(buf, offset + 1) & 0x80) != 0;
    }

    public void marker(boolean marker) {
        Wire.put8(buf, offset + 1, Wire.u8(buf, offset + 1) & 0x7F | (marker ? 0x80 : 0));
    }

    /// 0 to 127.
    public int payloadType() {
        return Wire.u8(buf, offset + 1) & 0x7F;
    }

    /// Writes the low 7 bits.
    public void payloadType(int payloadType) {
        Wire.put8(buf, offset + 1, Wire.u8(buf, offset + 1) & 0x80 | payloadType & 0x7F);
    }

    /// 0 to 65535; widen with [SequenceNumbers#unwrap].
    public int sequenceNumber() {
        return Wire.u16(buf, offset + 2);
    }

    /// Writes the low 16 bits.
    public void sequenceNumber(int sequenceNumber) {
        Wire.put16(buf, offset + 2, sequenceNumber);
    }

    /// The 32 bits in units of the codec's clock; widen with [SequenceNumbers#unwrapTimestamp].
    public int timestamp() {
        return Wire.i32(buf, offset + 4);
    }

    public void timestamp(int timestamp) {
        Wire.put32(buf, offset + 4, timestamp);
    }

    public int ssrc() {
        return Wire.i32(buf, offset + 8);
    }

    public void ssrc(int ssrc) {
        Wire.put32(buf, offset + 8, ssrc);
    }

    /// 0 to 15.
    public int csrcCount() {
        return Wire.u8(buf, offset) & 0x0F;
    }

    /// The contributing source at `index`, 0 to [#csrcCount()] - 1.
    public int csrc(int index) {
        return Wire.i32(buf, offset + FIXED_HEADER + 4L * index);
    }

    /// Whether an extension block is present (the X bit).
    public boolean hasExtension() {
        return (Wire.u8(buf, offset) & 0x10) != 0;
    }

    /// Bytes before the payload: fixed header, CSRCs, extension block.
    public int headerLength() {
        return headerLength;
    }

    /// Start of the payload in [#buffer()], in bytes: `offset() + headerLength()`.
    public long payloadOffset() {
        return offset + headerLength;
    }

    /// Bytes of payload without padding; 0 in a packet that only probes.
    public int payloadLength() {
        return length - headerLength - paddingLength;
    }

    /// 0 to 255, the count byte itself included.
    public int paddingLength() {
        return paddingLength;
    }

    /// Where the data of extension element `id` (1 to 14, or 255 with two-byte headers) begins, in bytes
    /// from the start of the packet; -1 when absent.
    public int extensionOffset(int id) {
        int found = findExtension(id);
        return found < 0 ? -1 : found >>> 8;
    }

    /// Data bytes of extension element `id` (0 to 255); -1 when absent.
    public int extensionLength(int id) {
        int found = findExtension(id);
        return found < 0 ? -1 : found & 0xFF;
    }

    /// Offset and length packed into one int; an offset needs at most 20 bits (262,216 bytes of header).
    private int findExtension(int id) {
        if (!hasExtension() || id <= 0) {
            return -1;
        }
        int block = FIXED_HEADER + 4 * csrcCount();
        int profile = Wire.u16(buf, offset + block);
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(id, block + 4);
        }
        return (profile & 0xFFF0) == TWO_BYTE_PROFILE ? findTwoByte(id, block + 4) : -1;
    }

    private int findOneByte(int id, int from) {
        int at = from;
        while (at < headerLength) {
            int head = Wire.u8(buf, offset + at++);
            if (head == 0) {
                continue;
            }
            int elementId = head >>> 4;
            int elementLength = (head & 0x0F) + 1;
            // RFC 8285 §4.2: id 15, and id 0 with a length, end the block.
            if (elementId == 15 || elementId == 0 || at + elementLength > headerLength) {
                return -1;
            }
            if (elementId == id) {
                return at << 8 | elementLength;
            }
            at += elementLength;
        }
        return -1;
    }

    private int findTwoByte(int id, int from) {
        int at = from;
        while (at < headerLength) {
            int elementId = Wire.u8(buf, offset + at++);
            if (elementId == 0) {
                continue;
            }
            if (at == headerLength) {
                return -1;
            }
            int elementLength = Wire.u8(buf, offset + at++);
            if (at + elementLength > headerLength) {
                return -1;
            }
            if (elementId == id) {
                return at << 8 | elementLength;
            }
            at += elementLength;
        }
        return -1;
    }
}
