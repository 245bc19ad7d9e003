package dev.stoa.media.io;

/// Packets per second of each worker, from counters read now and then. One thread at a time.
final class LoadMeter {
    /// Lower: placement follows bursts; higher: it follows late.
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final long[] totals;
    private final long[] rates;
    private long measuredNs = -1;

    LoadMeter(int workers) {
        this.totals = new long[workers];
        this.rates = new long[workers];
    }

    /// @param forwarded what each worker has forwarded so far
    /// @return live array
    long[] rates(long nowNs, long[] forwarded) {
        long elapsedNs = nowNs - measuredNs;
        if (measuredNs >= 0 && elapsedNs < INTERVAL_NS) {
            return rates;
        }
        for (int i = 0; i < totals.length; i++) {
            rates[i] = measuredNs < 0 ? 0 : (long) ((forwarded[i] - totals[i]) * 1e9 / elapsedNs);
            totals[i] = forwarded[i];
        }
        measuredNs = nowNs;
        return rates;
    }
}
