package dev.stoa.media.sim;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.descriptor.DescriptorWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Spatial and temporal layers of a made-up camera, in the patterns browsers use (`L1T3`, `L3T3`, `L3T3_KEY` of the W3C
/// scalable video coding extension): how each frame builds on others, and how packets say so. Single owner thread.
public final class SimLayers {
    private static final int[][] CYCLES = {{0}, {0, 1}, {0, 2, 1, 2}};
    /// How many pictures before the one lies that a picture builds on.
    private static final int[][] BACK = {{1}, {2, 1}, {4, 1, 2, 1}};

    private static final int LAYERED = 1 << 25;

    private final int spatials;
    private final int temporals;
    private final boolean keyOnly;
    private final boolean described;
    private final DescriptorWriter writer;
    private int sinceKey;
    private int tl0;

    /// @param keyOnly upper spatial layers build on lower ones in key pictures only
    /// @param described packets carry the dependency descriptor
    public SimLayers(int spatials, int temporals, boolean keyOnly, boolean described) {
        this.spatials = spatials;
        this.temporals = temporals;
        this.keyOnly = keyOnly;
        this.described = described;
        List<DescriptorWriter.Template> templates = new ArrayList<>();
        for (int s = 0; s < spatials; s++) {
            templates.add(template(s, 0, true, List.of()));
            for (int position = 0; position < CYCLES[temporals - 1].length; position++) {
                // Templates have to be in the order of their layers.
                int ordered = temporals == 3 ? new int[] {0, 2, 1, 3}[position] : position;
                templates.add(template(s, CYCLES[temporals - 1][ordered], false, distances(s, ordered, false)));
            }
        }
        this.writer = new DescriptorWriter(5, templates, List.of());
    }

    private DescriptorWriter.Template template(int spatial, int temporal, boolean key, List<Integer> distances) {
        StringBuilder indications = new StringBuilder();
        for (int target = 0; target < spatials * temporals; target++) {
            indications.append(indication(target / temporals, target % temporals, spatial, temporal, key));
        }
        List<Integer> all = new ArrayList<>(distances);
        if (key && spatial > 0) {
            all.add(1);
        }
        return new DescriptorWriter.Template(spatial, temporal, indications.toString(), all, List.of());
    }

    private char indication(int targetSpatial, int targetTemporal, int spatial, int temporal, boolean key) {
        if (targetSpatial < spatial || targetTemporal < temporal || !key && keyOnly && targetSpatial != spatial) {
            return '-';
        }
        if (key || targetSpatial == spatial && (temporal == 0 || targetTemporal > temporal)) {
            return 'S';
        }
        return targetSpatial == spatial ? 'D' : 'R';
    }

    /// Distances, in frames, to those a delta frame builds on.
    private List<Integer> distances(int spatial, int position, boolean key) {
        List<Integer> distances = new ArrayList<>();
        if (spatial > 0 && (key || !keyOnly)) {
            distances.add(1);
        }
        if (!key) {
            distances.add(BACK[temporals - 1][position] * spatials);
        }
        return distances;
    }

    /// Begins a picture.
    void begin(boolean key) {
        sinceKey = key ? 0 : sinceKey + 1;
        tl0 += temporal() == 0 ? 1 : 0;
    }

    private int position() {
        return sinceKey % CYCLES[temporals - 1].length;
    }

    private boolean key() {
        return sinceKey == 0;
    }

    int temporal() {
        return CYCLES[temporals - 1][position()];
    }

    int spatials() {
        return spatials;
    }

    /// What [FrameStamp] says of a frame of the present picture besides whether it is a key frame: distances from bit 1
    /// on, always bit 25, temporal layer from bit 26, spatial from bit 29.
    int stamp(int spatial) {
        int mask = 0;
        for (int distance : distances(spatial, position(), key())) {
            mask |= 1 << distance;
        }
        return mask | temporal() << 26 | spatial << 29 | LAYERED;
    }

    /// Writes the descriptor of a packet; returns its bytes, 0 without.
    int writeDescriptor(MemorySegment buf, int spatial, int frameNumber, boolean first, boolean last) {
        if (!described) {
            return 0;
        }
        int cycle = CYCLES[temporals - 1].length;
        int ordered = temporals == 3 ? new int[] {0, 2, 1, 3}[position()] : position();
        int template = spatial * (cycle + 1) + (key() ? 0 : 1 + ordered);
        boolean structure = key() && spatial == 0 && first;
        return writer.write(buf, 0, first, last, template, frameNumber, structure, 0);
    }

    /// Writes the payload descriptor and the first bytes of a packet.
    ///
    /// @param picture number of the picture
    void writeHead(
            MediaCodec codec, MemorySegment buf, long at, int spatial, boolean first, boolean last, int picture) {
        switch (codec) {
            case VP8 -> vp8(buf, at, first, picture);
            case VP9 -> vp9(buf, at, spatial, first, last, picture);
            case H264, AV1, OPUS ->
                SyntheticPayload.writeHead(codec, buf, at, key() && spatial == 0, first, last, picture, 0);
        }
    }

    private void vp8(MemorySegment buf, long at, boolean first, int picture) {
        SyntheticPayload.writeHead(MediaCodec.VP8, buf, at, key(), first, false, picture, 0);
        boolean sync = temporal() > 0 && position() != 3;
        Wire.put8(buf, at + 1, 0xE0);
        Wire.put8(buf, at + 4, tl0);
        Wire.put8(buf, at + 5, temporal() << 6 | (sync ? 0x20 : 0));
    }

    private void vp9(MemorySegment buf, long at, int spatial, boolean first, boolean last, int picture) {
        boolean layered = spatial > 0 && (key() || !keyOnly);
        Wire.put8(buf, at, 0xB0 | (key() ? 0 : 0x40) | (first ? 0x08 : 0) | (last ? 0x04 : 0));
        Wire.put16(buf, at + 1, 0x8000 | picture & 0x7FFF);
        Wire.put8(buf, at + 3, temporal() << 5 | (temporal() == 0 ? 0x10 : 0) | spatial << 1 | (layered ? 1 : 0));
        if (!key()) {
            Wire.put8(buf, at + 4, BACK[temporals - 1][position()] << 1);
        }
    }
}
