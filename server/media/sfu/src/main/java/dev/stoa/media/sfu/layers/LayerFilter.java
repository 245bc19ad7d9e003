package dev.stoa.media.sfu.layers;

import java.util.Arrays;

/// Decides, frame by frame, what one subscriber gets of a stream with layers, so that all it gets can be decoded.
///
/// A *change of target* waits for a frame it is safe at: down to a target whose frames all flowed anyway at any
/// picture; else at a frame the publisher marked as a switch point for the target and whose own references were sent.
/// Spatial changes wait for a new picture, since a picture's end was marked in its last packet. A frame's packets share
/// its fate, in whatever order they come. Fixed memory; single owner thread.
public final class LayerFilter {
    /// Frames remembered; references further back count as not sent.
    static final int HISTORY = 128;

    private static final int CHANGES = 8;

    private final long[] frames = new long[HISTORY];
    private final boolean[] passed = new boolean[HISTORY];
    private int current;
    /// The last changes: late frames are judged by what flowed at their time.
    private final long[] changeFrames = new long[CHANGES];
    private final int[] changeTargets = new int[CHANGES];
    private int changes;
    /// Before this frame everything was sent, or nothing.
    private long since;

    private boolean beforeSent;
    private long newest;
    private int timestamp;
    private boolean decided;

    /// Begins anew.
    ///
    /// @param target what flows first
    /// @param frame first frame that is asked for
    /// @param timestamp RTP timestamp of the frame before it
    /// @param beforeSent everything before it was sent; false: nothing was
    public void begin(int target, long frame, int timestamp, boolean beforeSent) {
        Arrays.fill(frames, -1);
        this.changes = 0;
        this.since = frame;
        this.beforeSent = beforeSent;
        this.newest = frame - 1;
        this.timestamp = timestamp;
        become(target, Long.MIN_VALUE);
    }

    private void become(int target, long frame) {
        current = target;
        changeFrames[changes % CHANGES] = frame;
        changeTargets[changes % CHANGES] = target;
        changes++;
    }

    private int targetAt(long frame) {
        int oldest = Math.max(0, changes - CHANGES);
        for (int i = changes - 1; i > oldest; i--) {
            if (frame >= changeFrames[i % CHANGES]) {
                return changeTargets[i % CHANGES];
            }
        }
        return changeTargets[oldest % CHANGES];
    }

    /// True when the packet is to be sent; packets nothing is known of are.
    ///
    /// @param timestamp its RTP timestamp
    /// @param target what should flow
    public boolean pass(LayerGrid grid, long mark, long frame, long references, int timestamp, int target) {
        decided = false;
        if (!LayerMark.isKnown(mark) || target < 0) {
            return true;
        }
        int slot = (int) frame & HISTORY - 1;
        if (frames[slot] == frame) {
            return passed[slot];
        }
        if (frame > newest) {
            if (current != target) {
                change(grid, mark, frame, references, timestamp != this.timestamp, target);
            }
            newest = frame;
            this.timestamp = timestamp;
        }
        int judge = frame < newest ? targetAt(frame) : current;
        boolean passes = (LayerMark.present(mark) >>> judge & 1) != 0;
        if (frames[slot] < frame) {
            frames[slot] = frame;
            passed[slot] = passes;
        }
        decided = true;
        return passes;
    }

    private void change(LayerGrid grid, long mark, long frame, long references, boolean newPicture, int target) {
        if (!grid.isKnown(current)) {
            become(target, frame);
            return;
        }
        int switches = LayerMark.switches(mark);
        boolean decodable = switches != 0 && !LayerMark.isFar(mark) && areSent(frame, references);
        int spatial = LayerGrid.spatial(current);
        int temporal = LayerGrid.temporal(current);
        int lowSpatial = Math.min(spatial, LayerGrid.spatial(target));
        int lowTemporal = Math.min(temporal, LayerGrid.temporal(target));
        int usable = decodable ? switches : 0;
        if (!take(grid, mark, frame, usable, newPicture, target)
                && !take(grid, mark, frame, usable, newPicture, LayerGrid.index(lowSpatial, lowTemporal))) {
            take(grid, mark, frame, usable, newPicture, LayerGrid.index(spatial, LayerGrid.temporal(target)));
        }
    }

    private boolean take(LayerGrid grid, long mark, long frame, int switches, boolean newPicture, int target) {
        if (target == current || !grid.isKnown(target)) {
            return false;
        }
        boolean sameSize = LayerGrid.spatial(target) == LayerGrid.spatial(current);
        boolean next = LayerGrid.temporal(target) == LayerGrid.temporal(current) + 1;
        boolean down = newPicture && grid.holds(current, target);
        boolean begins = (switches >>> target & 1) != 0 && (newPicture || sameSize);
        boolean up = begins && (next || !LayerMark.isStep(mark));
        if (down || up) {
            become(target, frame);
        } else if (sameSize && LayerMark.isStep(mark) && LayerGrid.temporal(target) > LayerGrid.temporal(current) + 1) {
            return take(grid, mark, frame, switches, newPicture, current + 1);
        }
        return down || up;
    }

    private boolean areSent(long frame, long references) {
        for (long left = references; left != 0; left &= left - 1) {
            if (!isSent(frame - 1 - Long.numberOfTrailingZeros(left))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSent(long frame) {
        if (frame < since) {
            return beforeSent;
        }
        int slot = (int) frame & HISTORY - 1;
        return frames[slot] == frame && passed[slot];
    }

    /// True when the last packet was the first seen of its frame.
    public boolean decided() {
        return decided;
    }

    /// The target that flows.
    public int current() {
        return current;
    }

    /// True when this packet is the last one a receiver of the present target gets of its picture.
    public boolean endsPicture(long mark) {
        return LayerMark.endsFrame(mark) && LayerMark.spatial(mark) == LayerGrid.spatial(current);
    }
}
