package dev.stoa.media.sfu;

/// Whether one of several encodings still comes. Publishers switch encodings off without a word, so silence tells;
/// but only silence while the track's other encodings go on: a muted or stalled publisher is silent altogether.
///
/// How long is waited depends on the encoding's own frame rate. Allocates nothing.
final class Liveness {
    /// Lower: sooner back to a moving picture. Higher: an encoder that drops some frames is not taken for gone.
    static final long MIN_PATIENCE_NS = 600_000_000L;

    private static final long MAX_PATIENCE_NS = 3_000_000_000L;
    private static final int PATIENCE_FRAMES = 5;
    private static final long MAX_INTERVAL_NS = 1_000_000_000L;

    private long lastPacketNs = -1;
    private long frameNs;
    private long intervalNs;
    private int timestamp;
    private int newest;
    private long pictures;

    void onPacket(long nowNs, int timestamp) {
        if (lastPacketNs < 0) {
            frameNs = nowNs;
            pictures = 1;
            newest = timestamp;
        } else if (timestamp != this.timestamp) {
            long gap = Math.min(nowNs - frameNs, MAX_INTERVAL_NS);
            intervalNs += (gap - intervalNs) / 8;
            frameNs = nowNs;
            // Packets that overtook each other belong to pictures that were counted.
            if (timestamp - newest > 0) {
                pictures++;
                newest = timestamp;
            }
        }
        this.timestamp = timestamp;
        lastPacketNs = nowNs;
    }

    /// Pictures of which a packet arrived, since the beginning.
    long pictures() {
        return pictures;
    }

    boolean hasStarted() {
        return lastPacketNs >= 0;
    }

    /// @param newestNs when any encoding of the track sent last
    /// @param resumedNs since when the track sends without a long pause
    boolean isAlive(long newestNs, long resumedNs) {
        long silence = newestNs - Math.max(lastPacketNs, resumedNs);
        return lastPacketNs >= 0
                && silence <= Math.clamp(PATIENCE_FRAMES * intervalNs, MIN_PATIENCE_NS, MAX_PATIENCE_NS);
    }
}
