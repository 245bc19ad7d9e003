package dev.stoa.media.wire.descriptor;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Writes dependency descriptors of one structure (AV1 RTP specification, appendix A.8). Single owner thread; writing
/// allocates nothing.
public final class DescriptorWriter {
    /// One kind of frame.
    ///
    /// @param indications one letter per decode target: `-` not present, `D` discardable, `S` switch, `R` required
    /// @param distances 1 to 16, to the frames it builds on
    /// @param chainDistances one per chain, 0 to 15
    public record Template(
            int spatial, int temporal, String indications, List<Integer> distances, List<Integer> chainDistances) {}

    private static final String INDICATIONS = "-DSR";

    private final int offset;
    private final List<Template> templates;
    private final List<Integer> protectedBy;
    private final int targets;
    private MemorySegment buf = MemorySegment.NULL;
    private long start;
    private int at;

    /// @param offset id of the first template, 0 to 63
    /// @param templates by layer, spatial first, as the format wants them
    /// @param protectedBy chain of each decode target; empty without chains
    public DescriptorWriter(int offset, List<Template> templates, List<Integer> protectedBy) {
        this.offset = offset;
        this.templates = List.copyOf(templates);
        this.protectedBy = List.copyOf(protectedBy);
        this.targets = templates.getFirst().indications().length();
    }

    /// Writes one descriptor; returns its bytes.
    ///
    /// @param structure also writes the structure, as a key frame's first packet does
    /// @param active decode targets sent at present, one bit each; 0 = not told
    public int write(
            MemorySegment buf,
            long offset,
            boolean first,
            boolean last,
            int template,
            int frameNumber,
            boolean structure,
            int active) {
        this.buf = buf;
        this.start = offset;
        this.at = 0;
        bits(first ? 1 : 0, 1);
        bits(last ? 1 : 0, 1);
        bits(this.offset + template, 6);
        bits(frameNumber, 16);
        if (structure || active != 0) {
            bits(structure ? 1 : 0, 1);
            bits(active != 0 ? 1 : 0, 1);
            bits(0, 3);
            if (structure) {
                structure();
            }
            if (active != 0) {
                bits(active, targets);
            }
        }
        return (at + 7) / 8;
    }

    private void structure() {
        bits(offset, 6);
        bits(targets - 1, 5);
        for (int i = 0; i < templates.size(); i++) {
            bits(i + 1 == templates.size() ? 3 : step(templates.get(i), templates.get(i + 1)), 2);
        }
        for (int i = 0; i < templates.size(); i++) {
            String indications = templates.get(i).indications();
            for (int target = 0; target < targets; target++) {
                bits(INDICATIONS.indexOf(indications.charAt(target)), 2);
            }
        }
        for (int i = 0; i < templates.size(); i++) {
            List<Integer> distances = templates.get(i).distances();
            for (int k = 0; k < distances.size(); k++) {
                bits(1, 1);
                bits(distances.get(k) - 1, 4);
            }
            bits(0, 1);
        }
        chains();
        bits(0, 1);
    }

    private static int step(Template one, Template next) {
        if (one.spatial() != next.spatial()) {
            return 2;
        }
        return one.temporal() == next.temporal() ? 0 : 1;
    }

    private void chains() {
        int chains = templates.getFirst().chainDistances().size();
        nonSymmetric(chains, targets + 1);
        if (chains == 0) {
            return;
        }
        for (int target = 0; target < targets; target++) {
            nonSymmetric(protectedBy.get(target), chains);
        }
        for (int i = 0; i < templates.size(); i++) {
            for (int chain = 0; chain < chains; chain++) {
                bits(templates.get(i).chainDistances().get(chain), 4);
            }
        }
    }

    private void nonSymmetric(int value, int values) {
        int width = 32 - Integer.numberOfLeadingZeros(values);
        int shorter = (1 << width) - values;
        if (value < shorter) {
            bits(value, width - 1);
        } else {
            bits(value + shorter, width);
        }
    }

    private void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--, at++) {
            long byteAt = start + (at >>> 3);
            int kept = (at & 7) == 0 ? 0 : Wire.u8(buf, byteAt);
            Wire.put8(buf, byteAt, kept | (value >>> i & 1) << 7 - (at & 7));
        }
    }
}
