package dev.stoa.signal;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/// Several text messages to one client, as one thing to send: what a socket costs per message is mostly the way
/// through the layers above it, and this goes that way once.
///
/// On the wire they are frames as ever (RFC 6455 §5.2). To the library they are one frame that claims the length of
/// the first message, for which it writes the header, and whose payload goes on with the complete frames of the others.
final class FrameTrain extends Frame {
    private static final int FIN_TEXT = 0x81;
    private static final int LONGEST_IN_7_BITS = 125;
    private static final int LONGEST_IN_16_BITS = 0xFFFF;
    private static final int IN_16_BITS = 126;
    private static final int IN_64_BITS = 127;

    private final int firstLength;

    private FrameTrain(int firstLength, ByteBuffer payload) {
        super(OpCode.TEXT, payload);
        this.firstLength = firstLength;
    }

    /// @param messages UTF-8, at least one; not to be changed later
    static Frame of(List<byte[]> messages) {
        byte[] first = messages.getFirst();
        if (messages.size() == 1) {
            return new Frame(OpCode.TEXT, ByteBuffer.wrap(first));
        }
        int length = first.length;
        for (int i = 1; i < messages.size(); i++) {
            int size = messages.get(i).length;
            length += headerLength(size) + size;
        }
        ByteBuffer payload = ByteBuffer.allocate(length).put(first);
        for (int i = 1; i < messages.size(); i++) {
            byte[] message = messages.get(i);
            header(payload, message.length);
            payload.put(message);
        }
        return new FrameTrain(first.length, payload.flip());
    }

    private static int headerLength(int length) {
        if (length <= LONGEST_IN_7_BITS) {
            return 2;
        }
        return length <= LONGEST_IN_16_BITS ? 2 + Short.BYTES : 2 + Long.BYTES;
    }

    private static void header(ByteBuffer out, int length) {
        out.put((byte) FIN_TEXT);
        if (length <= LONGEST_IN_7_BITS) {
            out.put((byte) length);
        } else if (length <= LONGEST_IN_16_BITS) {
            out.put((byte) IN_16_BITS).putShort((short) length);
        } else {
            out.put((byte) IN_64_BITS).putLong(length);
        }
    }

    @Override
    public int getPayloadLength() {
        return firstLength;
    }
}
