package dev.stoa.media.sfu.layers;

import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Rung;
import java.util.List;

/// The qualities one stream can be had in, cheapest first: the smallest picture at every frame rate, larger ones at
/// full and at half of it. A large picture at a quarter of its rate moves worse than a smaller one at all of it.
public final class Ladder {
    private Ladder() {}

    /// Appends the stream's rungs; a rung that costs no less than a better one is left out.
    ///
    /// @param layer of the stream, where it has one spatial layer
    /// @param lowest no stream of the track is smaller
    public static void add(List<Rung> rungs, LayerGrid grid, LayerRates rates, VideoLayer layer, boolean lowest) {
        for (int s = 0; s < grid.spatials(); s++) {
            int row = grid.active() >>> s * LayerGrid.TEMPORALS & 0xF;
            int skipped = s == 0 && lowest ? 0 : Math.max(0, Integer.bitCount(row) - 2);
            for (int t = 0; t < LayerGrid.TEMPORALS; t++) {
                if ((row >>> t & 1) == 0 || skipped-- > 0) {
                    continue;
                }
                int target = LayerGrid.index(s, t);
                append(rungs, new Rung(grid.isSpatial() ? grid.layerOf(target) : layer, t, rates.bps(target)));
            }
        }
    }

    private static void append(List<Rung> rungs, Rung better) {
        while (!rungs.isEmpty() && better.bps() > 0 && rungs.getLast().bps() >= better.bps()) {
            rungs.removeLast();
        }
        rungs.add(better);
    }
}
