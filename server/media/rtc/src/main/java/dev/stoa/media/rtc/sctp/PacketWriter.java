package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/// Builds one packet chunk by chunk (RFC 9260 §3). Reusable; not thread-safe.
final class PacketWriter {
    /// Fits IPv6's smallest MTU together with DTLS, UDP and IP headers, so no path MTU discovery is needed.
    static final int MAX_BYTES = 1200;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final CRC32C crc = new CRC32C();
    private int position;
    private int chunk;

    void begin(int tag) {
        Bytes.put16(bytes, 0, PacketReader.PORT);
        Bytes.put16(bytes, 2, PacketReader.PORT);
        Bytes.put32(bytes, 4, tag);
        Bytes.put32(bytes, 8, 0);
        position = PacketReader.HEADER_BYTES;
    }

    boolean isEmpty() {
        return position == PacketReader.HEADER_BYTES;
    }

    /// Bytes left for the value of one more chunk.
    int room() {
        return MAX_BYTES - position - PacketReader.CHUNK_HEADER_BYTES;
    }

    void beginChunk(int type, int flags) {
        chunk = position;
        bytes[position] = (byte) type;
        bytes[position + 1] = (byte) flags;
        position += PacketReader.CHUNK_HEADER_BYTES;
    }

    void u16(int value) {
        Bytes.put16(bytes, position, value);
        position += 2;
    }

    void u32(int value) {
        Bytes.put32(bytes, position, value);
        position += 4;
    }

    void bytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    void endChunk() {
        Bytes.put16(bytes, chunk + 2, position - chunk);
        while ((position & 3) != 0) {
            bytes[position++] = 0;
        }
    }

    /// A chunk that is only a header.
    void emptyChunk(int type, int flags) {
        beginChunk(type, flags);
        endChunk();
    }

    /// Seals the packet with its checksum and copies it out; returns its length.
    int finish(MemorySegment out, long offset) {
        crc.reset();
        crc.update(bytes, 0, position);
        Bytes.put32(bytes, 8, Integer.reverseBytes((int) crc.getValue()));
        MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, offset, position);
        return position;
    }
}
