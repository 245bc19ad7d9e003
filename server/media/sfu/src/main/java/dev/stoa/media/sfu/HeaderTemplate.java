package dev.stoa.media.sfu;

import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.descriptor.DependencyDescriptor;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Writes the RTP headers of one forwarded stream, all of one length so that equal payloads make equal packets.
///
/// The bytes that never change (mid, element ids) are laid out once and copied; an element the source packet lacks
/// is blanked with padding (RFC 8285 §4.2), not left out. Only the AV1 dependency descriptor, which has no fixed
/// length, is appended as it comes; streams with one use two-byte element headers (§4.3), since it may exceed 16 bytes.
final class HeaderTemplate {
    private static final int TWO_BYTE_PROFILE = 0x1000;
    /// Longest descriptor that is copied; a longer one is left out.
    private static final int MAX_DESCRIPTOR = 255;

    private final ExtensionIds ids;
    private final boolean twoByte;
    private final int elementHeader;
    private final MemorySegment template;
    private final int fixedLength;
    private int transportCcAt;
    private int absSendTimeAt;
    private int audioLevelAt;
    private int orientationAt;

    /// @param mid 1 to 16 ASCII characters
    HeaderTemplate(ExtensionIds ids, String mid) {
        this.ids = ids;
        this.twoByte = ids.dependencyDescriptor() != 0;
        this.elementHeader = twoByte ? 2 : 1;
        byte[] midBytes = mid.getBytes(StandardCharsets.US_ASCII);
        this.template = MemorySegment.ofArray(new byte[128]);
        int end = layOut(midBytes);
        this.fixedLength = end == 16 ? RtpPacket.FIXED_HEADER : end;
    }

    /// See [Subscription#fetch].
    long fetch() {
        return Wire.u8(template, 0) + orientationAt + ids.mid();
    }

    private int layOut(byte[] mid) {
        int at = RtpPacket.FIXED_HEADER + 4;
        if (ids.mid() != 0 && mid.length > 0 && mid.length <= 16) {
            at = element(at, ids.mid(), mid.length);
            MemorySegment.copy(MemorySegment.ofArray(mid), 0, template, at, mid.length);
            at += mid.length;
        }
        if (ids.transportCc() != 0) {
            transportCcAt = element(at, ids.transportCc(), 2);
            at = transportCcAt + 2;
        }
        if (ids.absSendTime() != 0) {
            absSendTimeAt = element(at, ids.absSendTime(), 3);
            at = absSendTimeAt + 3;
        }
        if (ids.audioLevel() != 0) {
            audioLevelAt = element(at, ids.audioLevel(), 1);
            at = audioLevelAt + 1;
        }
        if (ids.videoOrientation() != 0) {
            orientationAt = element(at, ids.videoOrientation(), 1);
            at = orientationAt + 1;
        }
        at = (at + 3) & ~3;
        Wire.put8(template, 0, at == 16 ? 0x80 : 0x90);
        Wire.put16(template, 12, twoByte ? TWO_BYTE_PROFILE : RtpPacket.ONE_BYTE_PROFILE);
        Wire.put16(template, 14, (at - 16) / 4);
        return at;
    }

    /// Writes an element's header; returns where its data goes.
    private int element(int at, int id, int length) {
        if (twoByte) {
            Wire.put8(template, at, id);
            Wire.put8(template, at + 1, length);
        } else {
            Wire.put8(template, at, id << 4 | length - 1);
        }
        return at + elementHeader;
    }

    /// Bytes of a header without dependency descriptor.
    int fixedLength() {
        return fixedLength;
    }

    /// True when packets need a transport-wide sequence number.
    boolean hasTransportCc() {
        return transportCcAt != 0;
    }

    /// Writes a header at `at`; returns its length.
    ///
    /// @param sourceIds ids of the elements in `source`
    /// @param transportSeq transport-wide sequence number, low 16 bits
    int write(
            MemorySegment out,
            long at,
            RtpPacket source,
            ExtensionIds sourceIds,
            int payloadType,
            int ssrc,
            long seq,
            int timestamp,
            int transportSeq,
            long nowNs) {
        MemorySegment.copy(template, 0, out, at, fixedLength);
        Wire.put8(out, at + 1, (source.marker() ? 0x80 : 0) | payloadType);
        Wire.put16(out, at + 2, (int) seq);
        Wire.put32(out, at + 4, timestamp);
        Wire.put32(out, at + 8, ssrc);
        if (transportCcAt != 0) {
            Wire.put16(out, at + transportCcAt, transportSeq);
        }
        if (absSendTimeAt != 0) {
            Wire.put24(out, at + absSendTimeAt, RtpHeaderWriter.absSendTime24(nowNs));
        }
        if (audioLevelAt != 0) {
            copyByte(out, at + audioLevelAt, source, sourceIds.audioLevel());
        }
        if (orientationAt != 0) {
            copyByte(out, at + orientationAt, source, sourceIds.videoOrientation());
        }
        return twoByte ? appendDescriptor(out, at, source, sourceIds.dependencyDescriptor()) : fixedLength;
    }

    /// Where the descriptor of a written header begins, -1 when it has none.
    ///
    /// @param headerLength what [#write] returned
    long descriptorAt(long at, int headerLength) {
        return headerLength > fixedLength ? at + descriptorStart() + 2 : -1;
    }

    private int descriptorStart() {
        return Math.max(fixedLength, RtpPacket.FIXED_HEADER + 4);
    }

    private void copyByte(MemorySegment out, long dataAt, RtpPacket source, int sourceId) {
        int from = source.extensionOffset(sourceId);
        if (from >= 0) {
            Wire.put8(out, dataAt, Wire.u8(source.buffer(), source.offset() + from));
        } else {
            for (int i = 0; i <= elementHeader; i++) {
                Wire.put8(out, dataAt - i, 0);
            }
        }
    }

    private int appendDescriptor(MemorySegment out, long at, RtpPacket source, int sourceId) {
        int from = source.extensionOffset(sourceId);
        int length = source.extensionLength(sourceId);
        if (from < 0 || length < DependencyDescriptor.SHORTEST || length > MAX_DESCRIPTOR) {
            return fixedLength;
        }
        int start = descriptorStart();
        Wire.put8(out, at + start, ids.dependencyDescriptor());
        Wire.put8(out, at + start + 1, length);
        MemorySegment.copy(source.buffer(), source.offset() + from, out, at + start + 2, length);
        int end = start + 2 + length;
        while ((end & 3) != 0) {
            Wire.put8(out, at + end++, 0);
        }
        Wire.put8(out, at, 0x90);
        Wire.put16(out, at + 12, TWO_BYTE_PROFILE);
        Wire.put16(out, at + 14, (end - 16) / 4);
        return end;
    }
}
