package dev.stoa.media.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Packets made by hand. The checksum is computed bit by bit, independent of the code under test.
final class Packets {
    /// Castagnoli's polynomial, reflected (RFC 9260 Appendix A).
    private static final int POLYNOMIAL = 0x82F63B78;

    private Packets() {}

    static int crc32c(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (POLYNOMIAL & -(crc & 1));
            }
        }
        return ~crc;
    }

    /// The packet with its checksum put right; least significant byte first (RFC 9260 Appendix A).
    static byte[] sealed(byte[] packet) {
        byte[] out = packet.clone();
        ByteBuffer.wrap(out).putInt(8, 0);
        ByteBuffer.wrap(out).putInt(8, Integer.reverseBytes(crc32c(out)));
        return out;
    }

    /// A sealed packet of one chunk with any tag.
    static byte[] packet(int tag, int type, int flags, byte... value) {
        ByteBuffer out = ByteBuffer.allocate(16 + (value.length + 3) / 4 * 4);
        out.putShort((short) 5000).putShort((short) 5000).putInt(tag).putInt(0);
        out.put((byte) type).put((byte) flags).putShort((short) (4 + value.length));
        out.put(value);
        return sealed(out.array());
    }

    /// A sealed packet of one chunk that has the tag this peer expects.
    static byte[] to(SctpPeer peer, int type, int flags, byte... value) {
        return packet(peer.sctp.localTag(), type, flags, value);
    }

    /// DATA chunk value.
    static byte[] data(long tsn, int stream, int ssn, int ppid, byte... payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .putInt((int) tsn)
                .putShort((short) stream)
                .putShort((short) ssn)
                .putInt(ppid)
                .put(payload)
                .array();
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
}
