package dev.stoa.media.sfu;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.sfu.allocation.Rung;
import dev.stoa.media.sfu.layers.Ladder;
import dev.stoa.media.sfu.layers.LayerGrid;
import dev.stoa.media.sfu.layers.LayerMarks;
import dev.stoa.media.sfu.layers.LayerRates;
import dev.stoa.media.sfu.layers.LayerReader;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The layers of one received stream: of which layer each kept packet is, and what layers cost. Streams without layers
/// cost a look at each packet. Allocates nothing once layers were seen.
final class StreamLayers {
    static final LayerGrid NO_LAYERS = new LayerGrid();

    private final LayerReader reader;
    private final LayerRates rates = new LayerRates();
    private final PacketRing ring;
    private final RtpPacket kept = new RtpPacket();
    private final int descriptorId;
    private @Nullable LayerMarks marks;

    StreamLayers(PublishedTrack track, PacketRing ring) {
        this.reader = new LayerReader(track.codecKind());
        this.ring = ring;
        this.descriptorId = track.spec().extensions().dependencyDescriptor();
    }

    /// Looks at a packet; true when it changed which layers there are.
    ///
    /// @param highestSeq newest number so far, this packet's included
    boolean receive(long nowNs, long seq, long highestSeq, RtpPacket packet) {
        if (!reader.read(packet, descriptorId)) {
            return false;
        }
        boolean changed = reader.changed();
        boolean restructured = reader.restructured();
        mark(seq);
        rates.add(nowNs, packet.length(), reader.mark());
        if (restructured && seq < highestSeq) {
            readKept(seq, highestSeq);
        }
        return changed;
    }

    private void mark(long seq) {
        LayerMarks known = marks;
        if (known == null) {
            known = new LayerMarks(ring.slots());
            marks = known;
        }
        known.put(seq, reader);
    }

    /// The repaired beginning of a key frame explains what came before it was here.
    private void readKept(long from, long highestSeq) {
        for (long seq = Math.max(from, highestSeq - ring.slots()) + 1; seq <= highestSeq; seq++) {
            boolean there = ring.contains(seq) && kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq));
            if (there && reader.read(kept, descriptorId)) {
                mark(seq);
            }
        }
    }

    void addRungs(List<Rung> rungs, VideoLayer layer, boolean lowest) {
        Ladder.add(rungs, reader.grid(), rates, layer, lowest);
    }

    @Nullable
    LayerMarks marks() {
        return marks;
    }

    LayerGrid grid() {
        return reader.grid();
    }
}
