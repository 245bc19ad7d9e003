package dev.stoa.media.sfu;

/// Decides how often audio is repeated on one way: as often as its loss asks for, and only where there is room, since
/// on a narrow link it is the repetitions that get lost.
final class LossyAudio {
    private static final double REPEAT_ABOVE = 0.02;
    private static final double REPEAT_TWICE_ABOVE = 0.06;
    private static final long ROOM_BPS = 250_000;
    private static final long ROOM_TWICE_BPS = 400_000;
    /// How long it goes on after the last loss: losses come in clusters.
    private static final long HOLD_NS = 10_000_000_000L;

    private int depth;
    private long lossyNs;

    /// Takes what is known now.
    ///
    /// @param loss share of packets lost lately, 0 to 1
    /// @param capacityBps what the way carries
    void update(long nowNs, double loss, long capacityBps) {
        int needed = loss > REPEAT_TWICE_ABOVE ? 2 : loss > REPEAT_ABOVE ? 1 : 0;
        if (needed >= depth && needed > 0 || nowNs - lossyNs > HOLD_NS) {
            depth = needed;
            lossyNs = nowNs;
        }
        depth = Math.min(depth, capacityBps < ROOM_BPS ? 0 : capacityBps < ROOM_TWICE_BPS ? 1 : 2);
    }

    /// How many packets before it each packet brings along, 0 to 2.
    int depth() {
        return depth;
    }
}
