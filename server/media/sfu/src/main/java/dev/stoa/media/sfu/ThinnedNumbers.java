package dev.stoa.media.sfu;

import java.util.Arrays;

/// Numbers of a stream some of whose packets are left out: those sent follow each other without a gap.
///
/// Packets that have not come yet get a number in advance, since they may be wanted. One that is not wanted after all
/// has a number that must not stay empty: the receiver would ask for it again and again. A *filler* without payload
/// takes its place. Made when the first packet is left out. Allocates nothing afterwards. Single owner thread.
final class ThinnedNumbers {
    private static final int FILLER = 1;
    private static final int END = 2;
    private static final int FLAGS = 2;

    private final int mask;
    /// By source number: packets and pictures left out before.
    private final int[] dropsBefore;
    private final int[] picturesBefore;
    /// By number sent: the same, and what the packet was.
    private final int[] dropsOf;
    private final int[] picturesOf;
    private int drops;
    private int pictures;
    private long highest;

    /// @param slots how many numbers are remembered, a power of two
    /// @param highest newest source number so far, sent like all before it
    ThinnedNumbers(int slots, long highest) {
        this.mask = slots - 1;
        this.dropsBefore = new int[slots];
        this.picturesBefore = new int[slots];
        this.dropsOf = new int[slots];
        this.picturesOf = new int[slots];
        this.highest = highest;
    }

    /// Numbers go on from a new source.
    void startSegment(long firstSeq) {
        drops = 0;
        pictures = 0;
        highest = firstSeq - 1;
        Arrays.fill(dropsBefore, 0);
        Arrays.fill(picturesBefore, 0);
    }

    /// The number of a packet that is sent.
    ///
    /// @param offset from source numbers to numbers sent, had nothing been left out
    /// @param endsPicture it ends its picture for this receiver
    /// @return -1 when it came too late to be remembered
    long send(long seq, long offset, boolean endsPicture) {
        return note(seq, offset, endsPicture ? END : 0);
    }

    /// Leaves a packet out. Returns the number a filler has to take, -1 when there is none.
    ///
    /// @param newPicture it is the first packet of its picture that came
    long drop(long seq, long offset, boolean newPicture) {
        if (seq > highest) {
            reserve(seq, offset);
            drops++;
            pictures += newPicture ? 1 : 0;
            return -1;
        }
        return note(seq, offset, FILLER);
    }

    private long note(long seq, long offset, int flags) {
        if (seq > highest) {
            reserve(seq, offset);
        } else if (seq <= highest - dropsBefore.length) {
            return -1;
        }
        int i = (int) seq & mask;
        long out = seq + offset - dropsBefore[i];
        dropsOf[(int) out & mask] = dropsBefore[i] << FLAGS | flags;
        picturesOf[(int) out & mask] = picturesBefore[i];
        return out;
    }

    /// Also notes which packet a number in advance is of: it may be asked for before the packet comes.
    private void reserve(long seq, long offset) {
        for (long missing = Math.max(highest + 1, seq - mask); missing <= seq; missing++) {
            dropsBefore[(int) missing & mask] = drops;
            picturesBefore[(int) missing & mask] = pictures;
            int out = (int) (missing + offset - drops) & mask;
            dropsOf[out] = drops << FLAGS;
            picturesOf[out] = pictures;
        }
        highest = seq;
    }

    /// How many packets were left out before the one with this number; numbers [#remembers] only.
    int drops(long outSeq) {
        return dropsOf[(int) outSeq & mask] >> FLAGS;
    }

    int pictures(long outSeq) {
        return picturesOf[(int) outSeq & mask];
    }

    boolean isFiller(long outSeq) {
        return (dropsOf[(int) outSeq & mask] & FILLER) != 0;
    }

    boolean endsPicture(long outSeq) {
        return (dropsOf[(int) outSeq & mask] & END) != 0;
    }

    /// @param highestOut newest number sent
    boolean remembers(long outSeq, long highestOut) {
        return outSeq > highestOut - dropsOf.length;
    }
}
