package dev.stoa.media.wire.descriptor;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// View of a dependency descriptor, the header extension
/// `https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension` (AV1 RTP specification,
/// appendix A.8). What it leaves out is taken from the [DependencyStructure] of the last key frame. Reusable, never
/// allocates. One thread at a time.
///
/// ```
///    0                   1                   2
///    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
///   |S|E|template id|         frame number          |
///   |T|A|D|F|C|   if longer than 3 bytes: structure, active targets, own indications, distances, chains follow
/// ```
public final class DependencyDescriptor {
    /// Bytes of a descriptor that adds nothing to its template.
    public static final int SHORTEST = 3;

    private static final int SWITCH = 2;

    private final BitReader reader = new BitReader();
    private final DependencyStructure parsed = new DependencyStructure();
    private final byte[] ownChains = new byte[DependencyStructure.MAX_TARGETS];
    private DependencyStructure structure = parsed;
    private boolean start;
    private boolean end;
    private int frameNumber;
    private int template;
    private boolean structureAttached;
    private boolean activeAttached;
    private int activeTargets;
    private int present;
    private int switches;
    private long distances;
    private boolean farDistances;
    private boolean customChains;

    /// Reads a descriptor. False when it does not fit into its bytes, or names a template `structure` does not have;
    /// `structure` is then as before.
    ///
    /// @param structure of the last key frame; takes the new one when the descriptor brings one
    public boolean wrap(MemorySegment buf, long offset, int length, DependencyStructure structure) {
        if (length < SHORTEST || !Wire.inside(buf, offset, length)) {
            return false;
        }
        reader.wrap(buf, offset, length);
        start = reader.flag();
        end = reader.flag();
        int templateId = reader.bits(6);
        frameNumber = reader.bits(16);
        boolean extended = length > SHORTEST;
        structureAttached = extended && reader.flag();
        activeAttached = extended && reader.flag();
        boolean customDtis = extended && reader.flag();
        boolean customDistances = extended && reader.flag();
        customChains = extended && reader.flag();
        if (structureAttached && !readStructure()) {
            return false;
        }
        DependencyStructure valid = structureAttached ? parsed : structure;
        template = valid.template(templateId);
        if (template < 0) {
            return false;
        }
        activeTargets = activeAttached ? reader.bits(valid.targets) : valid.allTargets();
        readFrame(valid, customDtis, customDistances);
        if (reader.overrun()) {
            return false;
        }
        if (structureAttached) {
            structure.copyFrom(parsed);
        }
        this.structure = structure;
        return true;
    }

    private void readFrame(DependencyStructure valid, boolean customDtis, boolean customDistances) {
        present = valid.present[template];
        switches = valid.switches[template];
        distances = valid.distances[template] & 0xFFFF_FFFFL;
        farDistances = false;
        if (customDtis) {
            readIndications(valid.targets);
        }
        if (customDistances) {
            readDistances();
        }
        for (int i = 0; customChains && i < valid.chains; i++) {
            ownChains[i] = (byte) reader.bits(8);
        }
    }

    private void readIndications(int targets) {
        present = 0;
        switches = 0;
        for (int target = 0; target < targets; target++) {
            int indication = reader.bits(2);
            present |= indication == 0 ? 0 : 1 << target;
            switches |= indication == SWITCH ? 1 << target : 0;
        }
    }

    private void readDistances() {
        distances = 0;
        for (int size = reader.bits(2); size != 0; size = reader.bits(2)) {
            int less = reader.bits(4 * size);
            if (less < DependencyStructure.MAX_DISTANCE) {
                distances |= 1L << less;
            } else {
                farDistances = true;
            }
        }
    }

    private boolean readStructure() {
        parsed.offset = reader.bits(6);
        parsed.targets = reader.bits(5) + 1;
        if (!readTemplateLayers()) {
            return false;
        }
        for (int i = 0; i < parsed.templates; i++) {
            readIndications(parsed.targets);
            parsed.present[i] = present;
            parsed.switches[i] = switches;
        }
        for (int i = 0; i < parsed.templates; i++) {
            int mask = 0;
            while (reader.flag()) {
                mask |= 1 << reader.bits(4);
            }
            parsed.distances[i] = mask;
        }
        readChains();
        parsed.deriveTargetLayers();
        if (reader.flag()) {
            // Width and height of each spatial layer, which forwarding does not need.
            for (int i = 0; i <= parsed.spatial[parsed.templates - 1]; i++) {
                reader.bits(32);
            }
        }
        return !reader.overrun();
    }

    private boolean readTemplateLayers() {
        int spatial = 0;
        int temporal = 0;
        int count = 0;
        while (count < DependencyStructure.MAX_TEMPLATES) {
            parsed.spatial[count] = (byte) spatial;
            parsed.temporal[count] = (byte) temporal;
            count++;
            switch (reader.bits(2)) {
                case 0 -> {}
                case 1 -> temporal++;
                case 2 -> {
                    temporal = 0;
                    spatial++;
                }
                default -> {
                    parsed.templates = count;
                    return true;
                }
            }
        }
        return false;
    }

    private void readChains() {
        parsed.chains = reader.nonSymmetric(parsed.targets + 1);
        if (parsed.chains == 0) {
            return;
        }
        for (int target = 0; target < parsed.targets; target++) {
            parsed.protectedBy[target] = (byte) reader.nonSymmetric(parsed.chains);
        }
        for (int i = 0; i < parsed.templates; i++) {
            for (int chain = 0; chain < parsed.chains; chain++) {
                parsed.chainDistances[i * DependencyStructure.MAX_TARGETS + chain] = (byte) reader.bits(4);
            }
        }
    }

    /// Writes the frame number of a descriptor of at least [#SHORTEST] bytes, low 16 bits.
    public static void putFrameNumber(MemorySegment buf, long offset, int frameNumber) {
        Wire.put16(buf, offset + 1, frameNumber);
    }

    /// The frame number of a descriptor of at least [#SHORTEST] bytes, without reading the rest.
    public static int frameNumber(MemorySegment buf, long offset) {
        return Wire.u16(buf, offset + 1);
    }

    /// First packet of a frame.
    public boolean startOfFrame() {
        return start;
    }

    /// Last packet of a frame.
    public boolean endOfFrame() {
        return end;
    }

    /// 0 to 65535, one more with every frame of whatever layer.
    public int frameNumber() {
        return frameNumber;
    }

    public int spatialId() {
        return structure.spatial[template];
    }

    public int temporalId() {
        return structure.temporal[template];
    }

    /// True in a key frame's first packet: it brought a new structure.
    public boolean hasStructure() {
        return structureAttached;
    }

    /// True when [#activeTargets] was told, so that it holds from here on.
    public boolean hasActiveTargets() {
        return activeAttached || structureAttached;
    }

    /// Decode targets the publisher sends at present, one bit each.
    public int activeTargets() {
        return activeTargets;
    }

    /// Decode targets this frame belongs to, one bit each.
    public int present() {
        return present;
    }

    /// Decode targets that can be decoded from this frame on, once this frame can.
    public int switches() {
        return switches;
    }

    /// Frames this one builds on: bit `n` means the frame `n + 1` numbers before.
    public long distances() {
        return distances;
    }

    /// Builds on frames more than 64 numbers before as well.
    public boolean hasFarDistances() {
        return farDistances;
    }

    /// How many numbers before this frame the chain's last frame was, 0 to 255; 0 = the chain begins here.
    public int chainDistance(int chain) {
        return customChains
                ? ownChains[chain] & 0xFF
                : structure.chainDistances[template * DependencyStructure.MAX_TARGETS + chain];
    }
}
