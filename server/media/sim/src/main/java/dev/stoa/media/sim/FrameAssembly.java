package dev.stoa.media.sim;

import java.util.Arrays;

/// Puts packets of made-up frames together and plays decoder: a frame can be shown when it is complete and the frame
/// before it was shown, or when it is a key frame. Fixed memory. Single owner thread.
final class FrameAssembly {
    private static final int SLOTS = 256;
    private static final int NONE = -1;

    private final int[] frames = new int[SLOTS];
    private final long[] received = new long[SLOTS];
    private final boolean[] complete = new boolean[SLOTS];
    private final boolean[] keys = new boolean[SLOTS];
    private int lastShown = NONE;
    private int highest = NONE;
    private long shown;
    private long completed;
    private long keyFrames;

    FrameAssembly() {
        Arrays.fill(frames, NONE);
    }

    /// Notes a packet; true when it completed its frame.
    boolean onPacket(int frame, int index, int packets, boolean key) {
        int slot = frame & SLOTS - 1;
        if (frames[slot] != frame) {
            if (frames[slot] > frame) {
                return false;
            }
            frames[slot] = frame;
            received[slot] = 0;
            complete[slot] = false;
            keys[slot] = key;
        }
        highest = Math.max(highest, frame);
        received[slot] |= 1L << index;
        if (complete[slot] || received[slot] != (1L << packets) - 1) {
            return false;
        }
        complete[slot] = true;
        completed++;
        show(frame, key);
        return true;
    }

    private void show(int frame, boolean key) {
        if (frame <= lastShown || !key && frame != lastShown + 1) {
            return;
        }
        int next = frame;
        do {
            lastShown = next;
            shown++;
            keyFrames += keys[next & SLOTS - 1] ? 1 : 0;
            next++;
        } while (frames[next & SLOTS - 1] == next && complete[next & SLOTS - 1]);
        skipToKey();
    }

    /// A complete key frame ahead ends the wait for what is missing before it.
    private void skipToKey() {
        for (int frame = highest; frame > lastShown + 1 && frame > highest - SLOTS; frame--) {
            int slot = frame & SLOTS - 1;
            if (frames[slot] == frame && complete[slot] && keys[slot]) {
                show(frame, true);
                return;
            }
        }
    }

    /// Frames that arrived beyond the last one shown: a measure of being stuck.
    int behind() {
        return highest - lastShown;
    }

    long shown() {
        return shown;
    }

    long completed() {
        return completed;
    }

    /// Key frames shown.
    long keyFrames() {
        return keyFrames;
    }
}
