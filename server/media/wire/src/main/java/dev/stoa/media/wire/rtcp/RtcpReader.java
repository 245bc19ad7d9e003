package dev.stoa.media.wire.rtcp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Walks a compound RTCP packet, full or reduced-size (RFC 3550 §6.1, RFC 5506). Reusable, never
/// allocates; one thread at a time. Typical use:
///
/// ```java
/// if (reader.wrap(buf, offset, length)) {
///     while (reader.next()) {
///         switch (reader.kind()) { case NACK -> nack.wrap(reader) … }
///     }
/// }
/// ```
///
/// Each packet starts with
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P| RC/FMT  |      PT       |   length in words, minus one  |
/// |                        SSRC of sender                         |
/// ```
public final class RtcpReader {
    public static final int SR = 200;
    public static final int RR = 201;
    public static final int SDES = 202;
    public static final int BYE = 203;
    public static final int APP = 204;
    /// Transport layer feedback (RFC 4585 §6.2).
    public static final int RTPFB = 205;
    /// Payload-specific feedback (RFC 4585 §6.3).
    public static final int PSFB = 206;
    public static final int XR = 207;

    /// `REMB` in ASCII (draft-alvestrand-rmcat-remb-03 §2.2).
    static final int REMB_NAME = 0x52454D42;

    private static final int REPORT_BLOCK = 24;

    private MemorySegment buf = MemorySegment.NULL;
    private long end;
    private long at;
    private int packetLength;
    private int bodyLength;
    private RtcpKind kind = RtcpKind.OTHER;

    /// False when the lengths of the packets do not add up to `length`, a version is not 2, or padding does
    /// not fit into its packet (RFC 3550 A.2). The view is then empty.
    public boolean wrap(MemorySegment buf, long offset, int length) {
        if (!Wire.isSame(this.buf, buf)) {
            this.buf = buf;
        }
        this.at = offset;
        this.end = offset;
        this.packetLength = 0;
        this.bodyLength = 0;
        this.kind = RtcpKind.OTHER;
        if (length < 4 || !Wire.inside(buf, offset, length) || !isCompound(buf, offset, length)) {
            return false;
        }
        this.end = offset + length;
        return true;
    }

    private static boolean isCompound(MemorySegment buf, long offset, int length) {
        long position = offset;
        long limit = offset + length;
        while (position < limit) {
            if (limit - position < 4) {
                return false;
            }
            int first = Wire.u8(buf, position);
            int size = 4 * (Wire.u16(buf, position + 2) + 1);
            boolean padded = (first & 0x20) != 0;
            if (first >>> 6 != 2 || size > limit - position || padded && !paddingFits(buf, position, size)) {
                return false;
            }
            position += size;
        }
        return true;
    }

    /// RFC 3550 §6.4.1 wants padding in the last packet only and a multiple of four, but libwebrtc fills each
    /// transport-cc feedback up with one to three bytes, several in one compound.
    private static boolean paddingFits(MemorySegment buf, long position, int size) {
        int padding = Wire.u8(buf, position + size - 1);
        return padding != 0 && padding <= size - 4;
    }

    /// Moves to the next packet; false at the end.
    public boolean next() {
        at += packetLength;
        if (at >= end) {
            packetLength = 0;
            bodyLength = 0;
            return false;
        }
        packetLength = 4 * (Wire.u16(buf, at + 2) + 1);
        bodyLength = packetLength - ((Wire.u8(buf, at) & 0x20) == 0 ? 0 : Wire.u8(buf, at + packetLength - 1));
        kind = classify();
        return true;
    }

    /// What the current packet is; decide by this before calling a typed accessor.
    public RtcpKind kind() {
        return kind;
    }

    /// Packet type, 0 to 255.
    public int type() {
        return Wire.u8(buf, at + 1);
    }

    /// The five bits after version and padding: number of reports or sources, or feedback format.
    public int count() {
        return Wire.u8(buf, at) & 0x1F;
    }

    /// Same bits as [#count()], under the name feedback messages use.
    public int format() {
        return count();
    }

    /// SSRC in the second word; 0 when the packet is shorter (an empty SDES or BYE).
    public int senderSsrc() {
        return bodyLength >= 8 ? Wire.i32(buf, at + 4) : 0;
    }

    /// SSRC in the third word, for feedback messages; 0 when the packet is shorter.
    public int mediaSsrc() {
        return bodyLength >= 12 ? Wire.i32(buf, at + 8) : 0;
    }

    /// The segment of the compound.
    public MemorySegment buffer() {
        return buf;
    }

    /// Start of the current packet in [#buffer()], in bytes.
    public long packetOffset() {
        return at;
    }

    /// Bytes of the current packet with its header, without padding.
    public int packetLength() {
        return bodyLength;
    }

    private RtcpKind classify() {
        return switch (type()) {
            case SR -> atLeast(28 + REPORT_BLOCK * count(), RtcpKind.SENDER_REPORT);
            case RR -> atLeast(8 + REPORT_BLOCK * count(), RtcpKind.RECEIVER_REPORT);
            case SDES -> RtcpKind.SDES;
            case BYE -> atLeast(4 + 4 * count(), RtcpKind.BYE);
            case APP -> atLeast(12, RtcpKind.APP);
            case RTPFB -> transportFeedback();
            case PSFB -> payloadFeedback();
            case XR -> atLeast(8, RtcpKind.EXTENDED_REPORT);
            default -> RtcpKind.OTHER;
        };
    }

    private RtcpKind transportFeedback() {
        return switch (format()) {
            case Nack.FORMAT -> atLeast(16, RtcpKind.NACK);
            case TransportCc.FORMAT -> atLeast(20, RtcpKind.TRANSPORT_CC);
            default -> atLeast(12, RtcpKind.OTHER);
        };
    }

    private RtcpKind payloadFeedback() {
        return switch (format()) {
            case 1 -> atLeast(12, RtcpKind.PLI);
            case Fir.FORMAT -> atLeast(20, RtcpKind.FIR);
            case Remb.FORMAT -> remb();
            default -> atLeast(12, RtcpKind.OTHER);
        };
    }

    private RtcpKind remb() {
        if (bodyLength < 20 || Wire.i32(buf, at + 12) != REMB_NAME) {
            return atLeast(12, RtcpKind.OTHER);
        }
        return atLeast(20 + 4 * Wire.u8(buf, at + 16), RtcpKind.REMB);
    }

    private RtcpKind atLeast(int bytes, RtcpKind wanted) {
        return bodyLength >= bytes ? wanted : RtcpKind.MALFORMED;
    }
}
