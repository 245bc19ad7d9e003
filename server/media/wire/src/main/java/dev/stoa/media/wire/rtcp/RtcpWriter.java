package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Appends RTCP packets to a segment, making a compound (RFC 3550 §6.1) or, when only feedback is
/// appended, a reduced-size packet (RFC 5506). Every method returns false, writing nothing, when the
/// packet does not fit. Reusable, never allocates; one thread at a time.
public final class RtcpWriter {
    private MemorySegment buf = MemorySegment.NULL;
    private long offset;
    private int capacity;
    private int length;
    /// Start of the newest packet relative to offset; -1 before the first.
    private int last = -1;

    /// Starts an empty compound at `offset` that may take `capacity` bytes.
    public RtcpWriter wrap(MemorySegment buf, long offset, int capacity) {
        if (!Wire.isSame(this.buf, buf)) {
            this.buf = buf;
        }
        this.offset = offset;
        this.capacity = Wire.inside(buf, offset, capacity) ? capacity : 0;
        this.length = 0;
        this.last = -1;
        return this;
    }

    /// Bytes written so far, a multiple of 4.
    public int length() {
        return length;
    }

    /// SR without report blocks; add them with [#reportBlock]. Arguments as in [SenderReport].
    public boolean senderReport(int ssrc, long ntpTimestamp, int rtpTimestamp, long packetCount, long octetCount) {
        long at = begin(RtcpReader.SR, 0, 28);
        if (at < 0) {
            return false;
        }
        Wire.put32(buf, at + 4, ssrc);
        Wire.put64(buf, at + 8, ntpTimestamp);
        Wire.put32(buf, at + 16, rtpTimestamp);
        Wire.put32(buf, at + 20, (int) packetCount);
        Wire.put32(buf, at + 24, (int) octetCount);
        return true;
    }

    /// RR without report blocks; add them with [#reportBlock].
    public boolean receiverReport(int ssrc) {
        long at = begin(RtcpReader.RR, 0, 8);
        if (at < 0) {
            return false;
        }
        Wire.put32(buf, at + 4, ssrc);
        return true;
    }

    /// Adds a block to the SR or RR just written; false also when it has 31 blocks or is of another type.
    /// Arguments as in [ReportBlocks]; `cumulativeLost` is kept inside its 24 bits (RFC 3550 A.3).
    public boolean reportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            long extendedHighestSequence,
            long jitter,
            int lastSenderReport,
            long delaySinceLastSenderReport) {
        boolean report = lastIs(RtcpReader.SR) || lastIs(RtcpReader.RR);
        if (!report || lastCount() == 31 || length + ReportBlocks.SIZE > capacity) {
            return false;
        }
        long at = offset + length;
        Wire.put32(buf, at, ssrc);
        Wire.put8(buf, at + 4, fractionLost);
        Wire.put24(buf, at + 5, Math.clamp(cumulativeLost, -0x80_0000, 0x7F_FFFF));
        Wire.put32(buf, at + 8, (int) extendedHighestSequence);
        Wire.put32(buf, at + 12, (int) jitter);
        Wire.put32(buf, at + 16, lastSenderReport);
        Wire.put32(buf, at + 20, (int) delaySinceLastSenderReport);
        extend(ReportBlocks.SIZE);
        Wire.put8(buf, offset + last, 0x80 | lastCount() + 1);
        return true;
    }

    /// SDES with one chunk holding a CNAME of ASCII text, at most 255 characters (RFC 3550 §6.5.1).
    public boolean sdesCname(int ssrc, String cname) {
        int text = cname.length();
        int size = 4 + 4 + (2 + text + 1 + 3) / 4 * 4;
        long at = text > 255 ? -1 : begin(RtcpReader.SDES, 1, size);
        if (at < 0) {
            return false;
        }
        Wire.put32(buf, at + 4, ssrc);
        Wire.put8(buf, at + 8, Sdes.CNAME);
        Wire.put8(buf, at + 9, text);
        for (int i = 0; i < text; i++) {
            Wire.put8(buf, at + 10 + i, cname.charAt(i));
        }
        for (int i = 10 + text; i < size; i++) {
            Wire.put8(buf, at + i, 0);
        }
        return true;
    }

    /// BYE of one source, without a reason.
    public boolean bye(int ssrc) {
        long at = begin(RtcpReader.BYE, 1, 8);
        if (at < 0) {
            return false;
        }
        Wire.put32(buf, at + 4, ssrc);
        return true;
    }

    /// Asks for one lost packet (low 16 bits of `sequenceNumber`). Calls in a row for the same streams
    /// share one NACK, and numbers at most 16 behind the entry's first share one entry: call in rising order.
    public boolean nack(int senderSsrc, int mediaSsrc, int sequenceNumber) {
        if (isLastFeedback(RtcpReader.RTPFB, Nack.FORMAT, senderSsrc, mediaSsrc)) {
            return extendNack(sequenceNumber);
        }
        long at = feedback(RtcpReader.RTPFB, Nack.FORMAT, 16, senderSsrc, mediaSsrc);
        if (at < 0) {
            return false;
        }
        Wire.put16(buf, at + 12, sequenceNumber);
        Wire.put16(buf, at + 14, 0);
        return true;
    }

    private boolean extendNack(int sequenceNumber) {
        long entry = offset + length - 4;
        int ahead = sequenceNumber - Wire.u16(buf, entry) & 0xFFFF;
        if (ahead == 0) {
            return true;
        }
        if (ahead <= 16) {
            Wire.put16(buf, entry + 2, Wire.u16(buf, entry + 2) | 1 << ahead - 1);
            return true;
        }
        if (length + 4 > capacity) {
            return false;
        }
        Wire.put16(buf, entry + 4, sequenceNumber);
        Wire.put16(buf, entry + 6, 0);
        extend(4);
        return true;
    }

    /// Picture loss indication (RFC 4585 §6.3.1).
    public boolean pli(int senderSsrc, int mediaSsrc) {
        return feedback(RtcpReader.PSFB, 1, 12, senderSsrc, mediaSsrc) >= 0;
    }

    /// Full intra request with one entry (RFC 5104 §4.3.1); raise `sequenceNumber` by one per new request.
    public boolean fir(int senderSsrc, int mediaSsrc, int sequenceNumber) {
        long at = feedback(RtcpReader.PSFB, Fir.FORMAT, 20, senderSsrc, 0);
        if (at < 0) {
            return false;
        }
        Wire.put32(buf, at + 12, mediaSsrc);
        Wire.put32(buf, at + 16, sequenceNumber << 24);
        return true;
    }

    /// REMB for the first `count` of `ssrcs` (at most 255); `bitrateBps` is rounded down to 18 significant bits.
    public boolean remb(int senderSsrc, long bitrateBps, int[] ssrcs, int count) {
        long at = count > 255 ? -1 : feedback(RtcpReader.PSFB, Remb.FORMAT, 20 + 4 * count, senderSsrc, 0);
        if (at < 0) {
            return false;
        }
        long bitrate = Math.max(bitrateBps, 0);
        int exponent = Math.max(0, 46 - Long.numberOfLeadingZeros(bitrate));
        Wire.put32(buf, at + 12, RtcpReader.REMB_NAME);
        Wire.put8(buf, at + 16, count);
        Wire.put24(buf, at + 17, exponent << 18 | (int) (bitrate >>> exponent));
        for (int i = 0; i < count; i++) {
            Wire.put32(buf, at + 20 + 4L * i, ssrcs[i]);
        }
        return true;
    }

    /// Room for a feedback message of `size` bytes (a multiple of 4); returns where it starts, or -1.
    long feedback(int type, int format, int size, int senderSsrc, int mediaSsrc) {
        long at = begin(type, format, size);
        if (at >= 0) {
            Wire.put32(buf, at + 4, senderSsrc);
            Wire.put32(buf, at + 8, mediaSsrc);
        }
        return at;
    }

    MemorySegment buffer() {
        return buf;
    }

    private long begin(int type, int count, int size) {
        if (length + size > capacity) {
            return -1;
        }
        long at = offset + length;
        Wire.put8(buf, at, 0x80 | count);
        Wire.put8(buf, at + 1, type);
        Wire.put16(buf, at + 2, size / 4 - 1);
        last = length;
        length += size;
        return at;
    }

    private void extend(int bytes) {
        length += bytes;
        Wire.put16(buf, offset + last + 2, (length - last) / 4 - 1);
    }

    private boolean lastIs(int type) {
        return last >= 0 && Wire.u8(buf, offset + last + 1) == type;
    }

    private int lastCount() {
        return Wire.u8(buf, offset + last) & 0x1F;
    }

    private boolean isLastFeedback(int type, int format, int senderSsrc, int mediaSsrc) {
        return lastIs(type)
                && lastCount() == format
                && Wire.i32(buf, offset + last + 4) == senderSsrc
                && Wire.i32(buf, offset + last + 8) == mediaSsrc;
    }
}
