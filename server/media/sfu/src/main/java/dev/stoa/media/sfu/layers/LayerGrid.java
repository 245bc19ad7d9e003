package dev.stoa.media.sfu.layers;

import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.wire.descriptor.DependencyStructure;
import java.util.Arrays;

/// The layers one stream has now. A *decode target* is what one receiver may decode: all frames up to a spatial and a
/// temporal layer that it needs, `4 * spatial + temporal`. Layers above the third are not told apart. Fixed memory.
/// Single owner thread.
public final class LayerGrid {
    /// Temporal layers of a spatial one; also "all of them" as a limit.
    public static final int TEMPORALS = 4;

    static final int TARGETS = 16;
    private static final int NONE = -1;

    /// Targets whose frames all belong to the target at the index as well.
    private final short[] within = new short[TARGETS];

    private int known;
    private int active;
    private int spatials;
    private boolean sparse;

    static int index(int spatial, int temporal) {
        return spatial * TEMPORALS + temporal;
    }

    static int spatial(int target) {
        return target / TEMPORALS;
    }

    /// Temporal layer of a target.
    public static int temporal(int target) {
        return target % TEMPORALS;
    }

    /// All targets that need a frame of this layer where every layer builds on all below it.
    static int upFrom(int spatial, int temporal) {
        int row = 0xF << temporal & 0xF;
        int mask = 0;
        for (int s = spatial; s < TEMPORALS; s++) {
            mask |= row << s * TEMPORALS;
        }
        return mask;
    }

    /// A layer was seen in a stream that does not describe itself: there are all below it as well. True when it is new.
    boolean observe(int spatial, int temporal) {
        if ((known >>> index(spatial, temporal) & 1) != 0) {
            return false;
        }
        int highest = Math.max(spatial, spatials - 1);
        int columns = Math.max(temporal, highestTemporal());
        known = 0;
        for (int s = 0; s <= highest; s++) {
            known |= (1 << columns + 1) - 1 << s * TEMPORALS;
        }
        for (int target = 0; target < TARGETS; target++) {
            int mask = 0;
            for (int other = 0; other < TARGETS; other++) {
                boolean inside = spatial(other) <= spatial(target) && temporal(other) <= temporal(target);
                mask |= inside ? 1 << other : 0;
            }
            within[target] = (short) mask;
        }
        active = known;
        spatials = highest + 1;
        sparse = spatials > 1;
        return true;
    }

    private int highestTemporal() {
        int any = known & 0xF;
        return any == 0 ? 0 : 31 - Integer.numberOfLeadingZeros(any);
    }

    /// A key frame described the layers. False when there are more than are told apart.
    ///
    /// @param targets takes the target of each decode target of the structure
    boolean describe(DependencyStructure structure, byte[] targets) {
        int described = 0;
        int highest = 0;
        for (int i = 0; i < structure.targets(); i++) {
            int spatial = structure.targetSpatial(i);
            int temporal = structure.targetTemporal(i);
            if (spatial >= TEMPORALS || temporal >= TEMPORALS) {
                return false;
            }
            targets[i] = (byte) index(spatial, temporal);
            described |= 1 << targets[i];
            highest = Math.max(highest, spatial);
        }
        known = described;
        active = described;
        spatials = highest + 1;
        sparse = false;
        Arrays.fill(within, (short) described);
        for (int i = 0; i < structure.templates(); i++) {
            exclude(gridMask(structure.present(i), targets));
        }
        return true;
    }

    /// No target without these frames holds a target with them.
    private void exclude(int present) {
        sparse |= (present >>> best() & 1) == 0;
        for (int target = 0; target < TARGETS; target++) {
            if ((present >>> target & 1) == 0) {
                within[target] = (short) (within[target] & ~present);
            }
        }
    }

    /// The target of all layers.
    public int best() {
        return 31 - Integer.numberOfLeadingZeros(known | 1);
    }

    static int gridMask(int structureMask, byte[] targets) {
        int mask = 0;
        for (int left = structureMask; left != 0; left &= left - 1) {
            mask |= 1 << targets[Integer.numberOfTrailingZeros(left)];
        }
        return mask;
    }

    /// The publisher tells which targets it sends. True when that changed.
    boolean active(int mask) {
        int told = mask & known;
        if (told == active || told == 0) {
            return false;
        }
        active = told;
        return true;
    }

    /// The best target that is sent and not above what is wanted; the lowest when all are above it; -1 when nothing is
    /// known.
    ///
    /// @param temporal highest temporal layer wanted
    public int target(VideoLayer wanted, int temporal) {
        return target(active, wanted, temporal);
    }

    private int target(int among, VideoLayer wanted, int temporal) {
        int lowest = NONE;
        for (int s = spatials - 1; s >= 0; s--) {
            int row = among >>> s * TEMPORALS & 0xF;
            if (row == 0) {
                continue;
            }
            int allowed = row & (2 << Math.clamp(temporal, 0, TEMPORALS - 1)) - 1;
            lowest = index(
                    s, allowed == 0 ? Integer.numberOfTrailingZeros(row) : 31 - Integer.numberOfLeadingZeros(allowed));
            if (layer(s).compareTo(wanted) <= 0) {
                return lowest;
            }
        }
        return lowest;
    }

    /// What a spatial layer is called: the best is [VideoLayer#HIGH], however many there are.
    private VideoLayer layer(int spatial) {
        return switch (spatials - 1 - spatial) {
            case 0 -> VideoLayer.HIGH;
            case 1 -> VideoLayer.MEDIUM;
            default -> VideoLayer.LOW;
        };
    }

    /// The layer of a target in a stream with several spatial layers.
    public VideoLayer layerOf(int target) {
        return layer(spatial(target));
    }

    /// The layer that would be chosen if the publisher sent all it described.
    public VideoLayer ideal(VideoLayer wanted) {
        int target = target(known, wanted, TEMPORALS);
        return target < 0 ? wanted : layerOf(target);
    }

    /// True when a receiver of `from` can go on as a receiver of `to` at any picture.
    boolean holds(int from, int to) {
        return (within[from] >>> to & 1) != 0;
    }

    /// True when going from one target to the other takes a key frame.
    public boolean needsKeyFrame(int from, int to) {
        return spatial(from) != spatial(to) && !holds(from, to);
    }

    boolean isKnown(int target) {
        return (known >>> target & 1) != 0;
    }

    /// True when `target` takes every packet there is, as far as is known.
    public boolean isAll(int target) {
        return !sparse && target == best();
    }

    /// Several spatial layers in one stream.
    public boolean isSpatial() {
        return spatials > 1;
    }

    /// Targets sent at present, one bit each.
    public int active() {
        return active;
    }

    public int spatials() {
        return spatials;
    }
}
