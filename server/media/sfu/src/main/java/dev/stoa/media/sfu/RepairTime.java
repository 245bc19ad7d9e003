package dev.stoa.media.sfu;

/// How long a publisher takes to repair a loss, measured on the repairs themselves: on a connection that only
/// receives, sender reports cannot tell the round-trip time.
///
/// One request at a time is the probe; a probe that had to be repeated is no measurement (Karn's rule). It raises the
/// estimate by an eighth only: mostly the repair was lost too, and longer waits would make losses visible.
final class RepairTime {
    private static final long INITIAL_NS = 100_000_000;
    private static final long MIN_NS = 5_000_000;
    private static final long MAX_NS = 500_000_000;
    private static final int NONE = -1;

    private long estimateNs = INITIAL_NS;
    private boolean measured;
    private int probe = NONE;
    private long probeNs;

    /// @param seqs sequence numbers (16 bit) just asked for
    void onRequested(long nowNs, int[] seqs, int count) {
        for (int i = 0; i < count; i++) {
            if (seqs[i] == probe) {
                estimateNs = Math.min(estimateNs + estimateNs / 8, MAX_NS);
                probe = NONE;
                return;
            }
        }
        if (count > 0 && (probe == NONE || nowNs - probeNs > MAX_NS)) {
            probe = seqs[0];
            probeNs = nowNs;
        }
    }

    void onRepaired(long nowNs, int seq16) {
        if (seq16 != probe) {
            return;
        }
        probe = NONE;
        long sample = Math.clamp(nowNs - probeNs, MIN_NS, MAX_NS);
        estimateNs = measured ? (3 * estimateNs + sample) / 4 : sample;
        measured = true;
    }

    /// 0 while nothing was measured.
    long measuredNs() {
        return measured ? estimateNs : 0;
    }

    long estimateNs() {
        return estimateNs;
    }
}
