package dev.stoa.media.wire.rtp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Writes an RTP header with a block of one-byte extension elements (RFC 3550 §5.1, RFC 8285 §4.2).
/// Call [#begin], then any of the element methods, then [#finish]. An element with id 0 is left out,
/// so callers pass 0 for what was not negotiated. Reusable, never allocates; one thread at a time.
public final class RtpHeaderWriter {
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int capacity;
    private int length;
    private boolean overflow;

    /// Writes the fixed header (version 2, no padding, no CSRCs) at `offset`; the whole header may take
    /// `capacity` bytes. Numbers are cut to the width of their fields.
    public RtpHeaderWriter begin(
            MemorySegment buf,
            long offset,
            int capacity,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            int timestamp,
            int ssrc) {
        if (!Wire.isSame(this.buf, buf)) {
            this.buf = buf;
        }
        this.offset = offset;
        this.capacity = Wire.inside(buf, offset, capacity) ? capacity : 0;
        this.length = RtpPacket.FIXED_HEADER;
        this.overflow = this.capacity < RtpPacket.FIXED_HEADER;
        if (!overflow) {
            Wire.put8(buf, offset, 0x80);
            Wire.put8(buf, offset + 1, (marker ? 0x80 : 0) | payloadType & 0x7F);
            Wire.put16(buf, offset + 2, sequenceNumber);
            Wire.put32(buf, offset + 4, timestamp);
            Wire.put32(buf, offset + 8, ssrc);
        }
        return this;
    }

    /// An element of ASCII text such as MID or RID, 1 to 16 characters (RFC 8843 §15, 8852).
    public RtpHeaderWriter text(int id, String ascii) {
        long at = element(id, ascii.length());
        for (int i = 0; at >= 0 && i < ascii.length(); i++) {
            Wire.put8(buf, at + i, ascii.charAt(i));
        }
        return this;
    }

    /// Transport-wide sequence number, low 16 bits (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2).
    public RtpHeaderWriter transportSequenceNumber(int id, int sequenceNumber) {
        long at = element(id, 2);
        if (at >= 0) {
            Wire.put16(buf, at, sequenceNumber);
        }
        return this;
    }

    /// Absolute send time: seconds with 18 fractional bits, low 24 bits kept; see [#absSendTime24(long)].
    public RtpHeaderWriter absSendTime(int id, int time24) {
        long at = element(id, 3);
        if (at >= 0) {
            Wire.put24(buf, at, time24);
        }
        return this;
    }

    /// Audio level in -dBov, 0 (loudest) to 127 (silence), with the voice activity bit (RFC 6464 §3).
    public RtpHeaderWriter audioLevel(int id, boolean voice, int level) {
        long at = element(id, 1);
        if (at >= 0) {
            Wire.put8(buf, at, (voice ? 0x80 : 0) | level & 0x7F);
        }
        return this;
    }

    /// An element copied as it is, 1 to 16 bytes.
    public RtpHeaderWriter bytes(int id, MemorySegment source, long sourceOffset, int sourceLength) {
        long at = element(id, sourceLength);
        if (at >= 0) {
            MemorySegment.copy(source, sourceOffset, buf, at, sourceLength);
        }
        return this;
    }

    /// Ends the block; returns the bytes of the header, or -1 when it did not fit.
    public int finish() {
        return finish(0);
    }

    /// As [#finish()], padding the elements to at least `minimumWords` 32-bit words, so that all packets of
    /// a subscriber have headers of one size and can leave in one segmentation train.
    public int finish(int minimumWords) {
        boolean empty = length == RtpPacket.FIXED_HEADER;
        if (overflow || empty && minimumWords <= 0) {
            return overflow ? -1 : length;
        }
        if (empty) {
            length += 4;
        }
        int words = Math.max((length - RtpPacket.FIXED_HEADER - 4 + 3) / 4, minimumWords);
        int end = RtpPacket.FIXED_HEADER + 4 + 4 * words;
        if (end > capacity) {
            return -1;
        }
        while (length < end) {
            Wire.put8(buf, offset + length++, 0);
        }
        Wire.put8(buf, offset, 0x90);
        Wire.put16(buf, offset + RtpPacket.FIXED_HEADER, RtpPacket.ONE_BYTE_PROFILE);
        Wire.put16(buf, offset + RtpPacket.FIXED_HEADER + 2, words);
        return end;
    }

    /// A time in nanoseconds (not negative) as absolute send time: 6 bits of seconds, 18 of fraction, wrapping every 64
    /// s.
    public static int absSendTime24(long nowNs) {
        long seconds = nowNs / 1_000_000_000L;
        long fraction = nowNs % 1_000_000_000L * (1L << 18) / 1_000_000_000L;
        return (int) (seconds << 18 | fraction) & 0xFF_FFFF;
    }

    /// Makes room for an element; returns where its data goes, or -1.
    private long element(int id, int dataLength) {
        if (id == 0 || overflow) {
            return -1;
        }
        int start = length == RtpPacket.FIXED_HEADER ? length + 4 : length;
        boolean representable = id > 0 && id < 15 && dataLength >= 1 && dataLength <= 16;
        if (!representable || start + 1 + dataLength > capacity) {
            overflow = true;
            return -1;
        }
        Wire.put8(buf, offset + start, id << 4 | dataLength - 1);
        length = start + 1 + dataLength;
        return offset + start + 1;
    }
}
