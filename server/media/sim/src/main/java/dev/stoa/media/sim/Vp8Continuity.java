package dev.stoa.media.sim;

import dev.stoa.media.wire.codec.Vp8Payload;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.util.Arrays;

/// Watches picture id, TL0PICIDX and KEYIDX of a received VP8 stream (RFC 7741 §4.2): equal within a frame, one more
/// in the next, TL0PICIDX only in those of the lowest temporal layer, KEYIDX only where a key frame begins. Packets are
/// compared with their neighbours in sequence,
/// in whatever order they come. Fixed memory. Single owner thread.
final class Vp8Continuity {
    private static final int SLOTS = 1024;

    private final Vp8Payload view = new Vp8Payload();
    private final long[] seqs = new long[SLOTS];
    private final int[] timestamps = new int[SLOTS];
    private final int[] pictures = new int[SLOTS];
    private final int[] tl0s = new int[SLOTS];
    private final int[] keys = new int[SLOTS];
    private final boolean[] bases = new boolean[SLOTS];
    private final boolean[] keyStarts = new boolean[SLOTS];
    private long compared;
    private long breaks;

    Vp8Continuity() {
        Arrays.fill(seqs, -1);
    }

    void onPacket(long seq, RtpPacket packet) {
        if (!view.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()) || view.pictureId() < 0) {
            return;
        }
        int i = slot(seq);
        seqs[i] = seq;
        timestamps[i] = packet.timestamp();
        pictures[i] = view.pictureId();
        tl0s[i] = view.tl0PicIdx();
        bases[i] = view.temporalId() <= 0;
        keys[i] = view.keyIndex();
        keyStarts[i] = view.isKeyFrameStart();
        compare(seq - 1, seq);
        compare(seq, seq + 1);
    }

    private void compare(long one, long next) {
        int a = slot(one);
        int b = slot(next);
        if (seqs[a] != one || seqs[b] != next) {
            return;
        }
        compared++;
        int frame = timestamps[a] == timestamps[b] ? 0 : 1;
        int key = frame == 1 && keyStarts[b] ? 1 : 0;
        boolean whole = ((pictures[b] - pictures[a]) & 0x7FFF) == frame
                && ((tl0s[b] - tl0s[a]) & 0xFF) == (bases[b] ? frame : 0)
                && ((keys[b] - keys[a]) & 0x1F) == key;
        breaks += whole ? 0 : 1;
    }

    private static int slot(long seq) {
        return (int) seq & SLOTS - 1;
    }

    /// Neighbours seen.
    long compared() {
        return compared;
    }

    /// Neighbours whose numbers do not follow each other.
    long breaks() {
        return breaks;
    }
}
