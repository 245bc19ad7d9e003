package dev.stoa.media.rtc.sctp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an INIT or INIT ACK says (RFC 9260 §3.3.2, §3.3.3).
///
/// ```
///  0             4          8       10       12            16
///  | initiate tag | a_rwnd   | out    | in     | initial TSN | parameters …
/// ```
/// @param window bytes, unsigned
/// @param cookie the state cookie of an INIT ACK
record InitParameters(
        int tag,
        long window,
        int outboundStreams,
        int inboundStreams,
        int initialTsn,
        boolean reconfig,
        boolean forwardTsn,
        byte @Nullable [] cookie) {
    private static final int FIXED_BYTES = 16;
    private static final int STATE_COOKIE = 7;
    private static final int SUPPORTED_EXTENSIONS = 0x8008;
    private static final int FORWARD_TSN_SUPPORTED = 0xC000;

    /// Reads the chunk the reader stands on; null when it is broken or forbidden (tag or stream count of zero).
    /// Unknown parameters are skipped or end the reading by their highest bit (RFC 9260 §3.2.2).
    /// They are not reported.
    static @Nullable InitParameters read(PacketReader packet) {
        int length = packet.valueLength();
        if (length < FIXED_BYTES || packet.i32(0) == 0 || packet.u16(8) == 0 || packet.u16(10) == 0) {
            return null;
        }
        byte[] bytes = packet.bytes();
        int end = packet.value() + length;
        boolean reconfig = false;
        boolean forwardTsn = false;
        byte[] cookie = null;
        for (int at = packet.value() + FIXED_BYTES; end - at >= 4; ) {
            int type = Bytes.u16(bytes, at);
            int size = Bytes.u16(bytes, at + 2);
            if (size < 4 || size > end - at) {
                return null;
            }
            if (type == STATE_COOKIE) {
                cookie = Arrays.copyOfRange(bytes, at + 4, at + size);
            } else if (type == FORWARD_TSN_SUPPORTED) {
                forwardTsn = true;
            } else if (type == SUPPORTED_EXTENSIONS) {
                for (int i = at + 4; i < at + size; i++) {
                    reconfig |= Bytes.u8(bytes, i) == ChunkType.RE_CONFIG;
                    forwardTsn |= Bytes.u8(bytes, i) == ChunkType.FORWARD_TSN;
                }
            } else if (isUnknown(type) && (type & 0x8000) == 0) {
                break;
            }
            at += Bytes.padded(size);
        }
        return new InitParameters(
                packet.i32(0),
                Integer.toUnsignedLong(packet.i32(4)),
                packet.u16(8),
                packet.u16(10),
                packet.i32(12),
                reconfig,
                forwardTsn,
                cookie);
    }

    /// Addresses, cookie preservative, host name and address types are known and of no use over DTLS (RFC 8261 §6.1).
    private static boolean isUnknown(int type) {
        return type != 5 && type != 6 && type != 9 && type != 11 && type != 12;
    }

    /// Writes these parameters and the extensions we always offer.
    ///
    /// @param chunkType INIT or INIT ACK
    void write(PacketWriter out, int chunkType) {
        out.beginChunk(chunkType, 0);
        out.u32(tag);
        out.u32((int) window);
        out.u16(outboundStreams);
        out.u16(inboundStreams);
        out.u32(initialTsn);
        out.u16(FORWARD_TSN_SUPPORTED);
        out.u16(4);
        out.u16(SUPPORTED_EXTENSIONS);
        out.u16(6);
        out.u16(ChunkType.RE_CONFIG << 8 | ChunkType.FORWARD_TSN);
        out.u16(0);
        if (cookie != null) {
            out.u16(STATE_COOKIE);
            out.u16(4 + cookie.length);
            out.bytes(cookie, 0, cookie.length);
        }
        out.endChunk();
    }
}
