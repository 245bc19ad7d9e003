package dev.stoa.media.wire.descriptor;

/// What a key frame's dependency descriptor says of all frames until the next key frame: templates, decode targets and
/// chains (AV1 RTP specification, appendix A.8.3). Filled by [DependencyDescriptor]. Fixed memory; single owner thread.
///
/// Every frame names a *template*, which gives its layer, for each *decode target* whether it belongs to it, and the
/// distance to the frames it builds on. A *chain* is the frames a decode target cannot do without.
public final class DependencyStructure {
    public static final int MAX_TEMPLATES = 64;
    public static final int MAX_TARGETS = 32;
    /// Distances this large or smaller are kept, one bit each.
    public static final int MAX_DISTANCE = 64;

    int offset;
    int templates;
    int targets;
    int chains;
    final byte[] spatial = new byte[MAX_TEMPLATES];
    final byte[] temporal = new byte[MAX_TEMPLATES];
    final int[] present = new int[MAX_TEMPLATES];
    final int[] switches = new int[MAX_TEMPLATES];
    final int[] distances = new int[MAX_TEMPLATES];
    final byte[] protectedBy = new byte[MAX_TARGETS];
    final byte[] chainDistances = new byte[MAX_TEMPLATES * MAX_TARGETS];
    final byte[] targetSpatial = new byte[MAX_TARGETS];
    final byte[] targetTemporal = new byte[MAX_TARGETS];

    /// Takes the place of what was here.
    void copyFrom(DependencyStructure other) {
        offset = other.offset;
        templates = other.templates;
        targets = other.targets;
        chains = other.chains;
        System.arraycopy(other.spatial, 0, spatial, 0, templates);
        System.arraycopy(other.temporal, 0, temporal, 0, templates);
        System.arraycopy(other.present, 0, present, 0, templates);
        System.arraycopy(other.switches, 0, switches, 0, templates);
        System.arraycopy(other.distances, 0, distances, 0, templates);
        System.arraycopy(other.protectedBy, 0, protectedBy, 0, targets);
        System.arraycopy(other.chainDistances, 0, chainDistances, 0, templates * MAX_TARGETS);
        System.arraycopy(other.targetSpatial, 0, targetSpatial, 0, targets);
        System.arraycopy(other.targetTemporal, 0, targetTemporal, 0, targets);
    }

    /// The layers of a decode target are the highest of its frames (appendix A.8.3, decode_target_layers).
    void deriveTargetLayers() {
        for (int target = 0; target < targets; target++) {
            byte highestSpatial = 0;
            byte highestTemporal = 0;
            for (int i = 0; i < templates; i++) {
                if ((present[i] >>> target & 1) != 0) {
                    highestSpatial = (byte) Math.max(highestSpatial, spatial[i]);
                    highestTemporal = (byte) Math.max(highestTemporal, temporal[i]);
                }
            }
            targetSpatial[target] = highestSpatial;
            targetTemporal[target] = highestTemporal;
        }
    }

    /// Index of the template a frame names; -1 when it is of another structure.
    int template(int id) {
        int index = id - offset & 0x3F;
        return index < templates ? index : -1;
    }

    /// False until a descriptor has brought one.
    public boolean isKnown() {
        return templates > 0;
    }

    /// 0 to 64.
    public int templates() {
        return templates;
    }

    /// Decode targets, 1 to 32 when known.
    public int targets() {
        return targets;
    }

    /// 0 to 32.
    public int chains() {
        return chains;
    }

    /// Spatial layer of a template, 0 to 63.
    public int spatial(int template) {
        return spatial[template];
    }

    /// Temporal layer of a template, 0 to 63.
    public int temporal(int template) {
        return temporal[template];
    }

    /// Decode targets the frames of a template belong to, one bit each.
    public int present(int template) {
        return present[template];
    }

    /// Highest spatial layer of a decode target.
    public int targetSpatial(int target) {
        return targetSpatial[target];
    }

    /// Highest temporal layer of a decode target.
    public int targetTemporal(int target) {
        return targetTemporal[target];
    }

    /// The chain a decode target depends on, meaningless without chains.
    public int protectedBy(int target) {
        return protectedBy[target];
    }

    /// All decode targets, one bit each.
    public int allTargets() {
        return targets == MAX_TARGETS ? -1 : (1 << targets) - 1;
    }
}
