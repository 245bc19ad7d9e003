package dev.stoa.media.sfu;

import dev.stoa.media.sfu.layers.LayerFilter;
import dev.stoa.media.sfu.layers.LayerGrid;
import dev.stoa.media.sfu.layers.LayerMark;
import dev.stoa.media.sfu.layers.LayerMarks;
import org.jspecify.annotations.Nullable;

/// Leaves out of the stream a subscriber gets the layers it is not to have. Costs next to nothing while it is to have
/// all of them. Allocates nothing once layers were left out.
final class Thinner {
    private @Nullable LayerFilter filter;
    private boolean on;
    private boolean fresh = true;
    private long lastFrame;
    private int lastTimestamp;
    private boolean decided;
    private boolean endsPicture;

    /// The next packet begins a segment.
    void startSegment() {
        on = false;
        fresh = true;
    }

    /// True when the packet is to be sent.
    ///
    /// @param wanted highest spatial layer
    /// @param temporal highest temporal layer
    boolean passes(PublishedStream stream, long seq, int timestamp, VideoLayer wanted, int temporal) {
        decided = false;
        endsPicture = false;
        LayerMarks marks = stream.marks();
        long mark = marks == null ? LayerMark.UNKNOWN : marks.mark(seq);
        if (marks == null || !LayerMark.isKnown(mark)) {
            return true;
        }
        LayerGrid grid = stream.grid();
        long frame = marks.frame(seq);
        int target = grid.target(wanted, temporal);
        LayerFilter filter = this.filter;
        if (filter == null || !on) {
            if (grid.isAll(target) || !fresh && frame <= lastFrame) {
                remember(frame, timestamp);
                return true;
            }
            filter = begin(grid, target, frame, timestamp);
        }
        boolean passes = filter.pass(grid, mark, frame, marks.references(seq), timestamp, target);
        decided = filter.decided();
        endsPicture = passes && filter.endsPicture(mark);
        return passes;
    }

    private void remember(long frame, int timestamp) {
        if (fresh || frame > lastFrame) {
            lastFrame = frame;
            lastTimestamp = timestamp;
        }
        fresh = false;
    }

    private LayerFilter begin(LayerGrid grid, int target, long frame, int timestamp) {
        LayerFilter begun = filter == null ? new LayerFilter() : filter;
        if (fresh) {
            begun.begin(target, frame, timestamp - 1, false);
        } else {
            begun.begin(grid.best(), frame, lastTimestamp, true);
        }
        filter = begun;
        on = true;
        return begun;
    }

    /// True when the last packet was the first one seen of its frame.
    boolean decided() {
        return decided;
    }

    /// True when the last packet is the last one of its picture for this receiver.
    boolean endsPicture() {
        return endsPicture;
    }

    /// True when what should flow cannot begin without a key frame.
    boolean needsKeyFrame(PublishedStream stream, VideoLayer wanted, int temporal) {
        LayerFilter filter = this.filter;
        if (filter == null || !on) {
            return false;
        }
        LayerGrid grid = stream.grid();
        int target = grid.target(wanted, temporal);
        return target >= 0 && grid.needsKeyFrame(filter.current(), target);
    }

    /// Highest temporal layer that flows, -1 when all of them do.
    int temporal() {
        LayerFilter filter = this.filter;
        return filter == null || !on ? -1 : LayerGrid.temporal(filter.current());
    }
}
