package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/// A received packet, copied out of the caller's buffer, and a cursor over its chunks (RFC 9260 §3).
///
/// ```
///  0      2      4      8      12   13    14     16
///  | src  | dst  | tag  | crc  | type|flags|length| value … | padding | next chunk …
/// ```
/// The copy lets listeners run while chunks are still unread. Reusable; not thread-safe.
final class PacketReader {
    static final int HEADER_BYTES = 12;
    static final int CHUNK_HEADER_BYTES = 4;
    static final int MAX_BYTES = 2048;
    static final int PORT = 5000;

    enum Verdict {
        GOOD,
        BAD_PACKET,
        BAD_CHECKSUM
    }

    private final byte[] bytes = new byte[MAX_BYTES];
    private final CRC32C crc = new CRC32C();
    private int length;
    private int next;
    private int chunk;
    private int chunkLength;
    private boolean malformed;

    Verdict load(MemorySegment packet, long offset, int packetLength) {
        length = 0;
        if (packetLength < HEADER_BYTES + CHUNK_HEADER_BYTES || packetLength > MAX_BYTES) {
            return Verdict.BAD_PACKET;
        }
        MemorySegment.copy(packet, ValueLayout.JAVA_BYTE, offset, bytes, 0, packetLength);
        if (Bytes.u16(bytes, 0) != PORT || Bytes.u16(bytes, 2) != PORT) {
            return Verdict.BAD_PACKET;
        }
        int claimed = Integer.reverseBytes(Bytes.i32(bytes, 8));
        Bytes.put32(bytes, 8, 0);
        crc.reset();
        crc.update(bytes, 0, packetLength);
        if ((int) crc.getValue() != claimed) {
            return Verdict.BAD_CHECKSUM;
        }
        length = packetLength;
        next = HEADER_BYTES;
        malformed = false;
        return Verdict.GOOD;
    }

    /// Steps to the next chunk; false after the last one or before one whose length is impossible.
    boolean nextChunk() {
        if (malformed || length - next < CHUNK_HEADER_BYTES) {
            return false;
        }
        int claimed = Bytes.u16(bytes, next + 2);
        if (claimed < CHUNK_HEADER_BYTES || claimed > length - next) {
            malformed = true;
            return false;
        }
        chunk = next;
        chunkLength = claimed;
        next = chunk + Bytes.padded(claimed);
        return true;
    }

    boolean isMalformed() {
        return malformed;
    }

    /// True when no other chunk follows the present one.
    boolean isLastChunk() {
        return length - next < CHUNK_HEADER_BYTES;
    }

    int tag() {
        return Bytes.i32(bytes, 4);
    }

    int type() {
        return Bytes.u8(bytes, chunk);
    }

    int flags() {
        return Bytes.u8(bytes, chunk + 1);
    }

    /// Length of the present chunk's value, without its header and padding.
    int valueLength() {
        return chunkLength - CHUNK_HEADER_BYTES;
    }

    /// Index in [#bytes()] of the present chunk's value.
    int value() {
        return chunk + CHUNK_HEADER_BYTES;
    }

    byte[] bytes() {
        return bytes;
    }

    int u16(int valueOffset) {
        return Bytes.u16(bytes, value() + valueOffset);
    }

    int i32(int valueOffset) {
        return Bytes.i32(bytes, value() + valueOffset);
    }
}
