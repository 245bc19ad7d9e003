package dev.stoa.media.crypto;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Takes plain DTLS records apart and puts them together (RFC 6347 §4.1, §4.2.2).
final class DtlsRecords {
    static final int HANDSHAKE = 22;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;

    private DtlsRecords() {}

    record Message(int type, byte[] body) {}

    /// One datagram with one fragment of a handshake message with message number 0.
    static byte[] fragment(int type, byte[] body, int from, int to, long recordNumber) {
        var out = ByteBuffer.allocate(RECORD_HEADER + MESSAGE_HEADER + to - from);
        out.put((byte) HANDSHAKE).putShort((short) 0xFEFF).putLong(recordNumber);
        out.putShort((short) (MESSAGE_HEADER + to - from));
        out.putInt(type << 24 | body.length).putShort((short) 0);
        out.put((byte) (from >> 16)).putShort((short) from);
        out.put((byte) ((to - from) >> 16)).putShort((short) (to - from));
        return out.put(body, from, to - from).array();
    }

    /// The unfragmented, unencrypted handshake messages in a datagram.
    static List<Message> messages(byte[] datagram) {
        var found = new ArrayList<Message>();
        var in = ByteBuffer.wrap(datagram);
        while (in.remaining() >= RECORD_HEADER) {
            int type = in.get();
            in.position(in.position() + 10);
            byte[] content = new byte[in.getShort()];
            in.get(content);
            if (type == HANDSHAKE) {
                byte[] body = new byte[content.length - MESSAGE_HEADER];
                System.arraycopy(content, MESSAGE_HEADER, body, 0, body.length);
                found.add(new Message(content[0], body));
            }
        }
        return found;
    }

    /// Whether a datagram begins with a ChangeCipherSpec or an encrypted record.
    static boolean isLastFlight(byte[] datagram) {
        return datagram[0] == CHANGE_CIPHER_SPEC || ByteBuffer.wrap(datagram).getShort(3) != 0;
    }

    /// Splits a ClientHello that came whole; other datagrams stay as they are.
    static List<byte[]> splitClientHello(byte[] datagram) {
        if (datagram[0] != HANDSHAKE || datagram[RECORD_HEADER] != 1) {
            return List.of(datagram);
        }
        byte[] body = messages(datagram).getFirst().body();
        int half = body.length / 2;
        long number = ByteBuffer.wrap(datagram).getLong(3);
        return List.of(fragment(1, body, 0, half, 2 * number), fragment(1, body, half, body.length, 2 * number + 1));
    }
}
