package dev.stoa.media.rtc.rtx;

import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/// Retransmission payloads (RFC 4588 §4): header of the RTX stream, then the original sequence number (OSN), then the
/// original payload.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |                         RTP header (RTX)                      |
/// |            OSN                |   original payload ...        |
/// ```
public final class Rtx {
    /// Bytes that RTX adds to a packet.
    public static final int OSN_BYTES = 2;

    private Rtx() {}

    /// Writes the RTX form of an original packet; source and target may not overlap. Marker, timestamp, extensions
    /// and padding are those of the original.
    ///
    /// @param headerLength of the original, with CSRCs and extension, in bytes
    /// @param length of the original, in bytes
    /// @param seq16 next sequence number of the RTX stream
    /// @return length of the RTX packet; its header length is `headerLength`
    public static int encapsulate(
            MemorySegment original,
            long originalOffset,
            int headerLength,
            int length,
            MemorySegment out,
            long offset,
            int payloadType,
            int seq16,
            int ssrc) {
        MemorySegment.copy(original, originalOffset, out, offset, headerLength);
        Wire.put8(out, offset + 1, (Wire.u8(out, offset + 1) & 0x80) | (payloadType & 0x7F));
        Wire.put16(out, offset + headerLength, Wire.u16(original, originalOffset + 2));
        Wire.put16(out, offset + 2, seq16);
        Wire.put32(out, offset + 8, ssrc);
        MemorySegment.copy(
                original, originalOffset + headerLength, out, offset + headerLength + OSN_BYTES, length - headerLength);
        return length + OSN_BYTES;
    }

    /// Turns a received RTX packet into the original, in place; the view then shows the original, two bytes shorter.
    ///
    /// @param payloadType of the original stream
    /// @param ssrc of the original stream
    /// @return false, changing nothing, when there is no original inside (padding only, as in bandwidth probes)
    public static boolean decapsulate(RtpPacket rtx, int payloadType, int ssrc) {
        if (rtx.payloadLength() < OSN_BYTES) {
            return false;
        }
        MemorySegment buffer = rtx.buffer();
        long offset = rtx.offset();
        int length = rtx.length();
        int osn = Wire.u16(buffer, rtx.payloadOffset());
        for (int i = rtx.headerLength() - 1; i >= 0; i--) {
            Wire.put8(buffer, offset + OSN_BYTES + i, Wire.u8(buffer, offset + i));
        }
        if (!rtx.wrap(buffer, offset + OSN_BYTES, length - OSN_BYTES)) {
            throw new IllegalStateException("a valid packet stays valid without its OSN");
        }
        rtx.sequenceNumber(osn);
        rtx.payloadType(payloadType);
        rtx.ssrc(ssrc);
        return true;
    }
}
