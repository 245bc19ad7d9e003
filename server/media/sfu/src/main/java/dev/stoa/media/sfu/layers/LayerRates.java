package dev.stoa.media.sfu.layers;

/// What each decode target of a stream costs, in bits per second, over the last second or two. Single owner thread.
public final class LayerRates {
    private static final long WINDOW_NS = 500_000_000L;
    private static final double NEWEST = 0.4;

    private final long[] bytes = new long[LayerGrid.TARGETS];
    private final double[] bps = new double[LayerGrid.TARGETS];
    private long windowStartNs = -1;
    private boolean measured;

    public void add(long nowNs, int packetBytes, long mark) {
        if (windowStartNs < 0) {
            windowStartNs = nowNs;
        }
        if (nowNs - windowStartNs >= WINDOW_NS) {
            close(nowNs);
        }
        for (int left = LayerMark.present(mark); left != 0; left &= left - 1) {
            bytes[Integer.numberOfTrailingZeros(left)] += packetBytes;
        }
    }

    private void close(long nowNs) {
        long elapsed = nowNs - windowStartNs;
        boolean anew = !measured || elapsed > 4 * WINDOW_NS;
        for (int i = 0; i < bytes.length; i++) {
            double sample = bytes[i] * 8e9 / elapsed;
            bps[i] = anew ? sample : bps[i] + NEWEST * (sample - bps[i]);
            bytes[i] = 0;
        }
        measured = true;
        windowStartNs = nowNs;
    }

    /// 0 while unknown.
    public long bps(int target) {
        return (long) bps[target];
    }
}
