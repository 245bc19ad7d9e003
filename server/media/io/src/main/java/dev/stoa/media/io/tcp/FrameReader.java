package dev.stoa.media.io.tcp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into frames: two bytes of length, then that many bytes (RFC 4571 §2).
final class FrameReader {
    /// Longest frame taken: nothing of WebRTC is longer than a datagram slot.
    static final int MAX_FRAME = 2048;

    private final ByteBuffer pending = ByteBuffer.allocate(2 + MAX_FRAME);
    private boolean broken;

    /// Where the next bytes of the stream are to be read into.
    ByteBuffer buffer() {
        return pending;
    }

    /// The next whole frame, null when more bytes are needed. Empty frames are skipped.
    byte @Nullable [] next() {
        while (!broken && pending.position() >= 2) {
            int length = pending.getShort(0) & 0xFFFF;
            if (length > MAX_FRAME) {
                broken = true;
                return null;
            }
            if (pending.position() < 2 + length) {
                return null;
            }
            byte[] frame = new byte[length];
            pending.flip().position(2).get(frame);
            pending.compact();
            if (length > 0) {
                return frame;
            }
        }
        return null;
    }

    /// True after a frame that cannot be ours; the connection is to be closed.
    boolean isBroken() {
        return broken;
    }
}
