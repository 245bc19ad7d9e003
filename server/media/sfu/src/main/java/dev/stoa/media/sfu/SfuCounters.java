package dev.stoa.media.sfu;

/// Counters of one worker: plain longs, written by the worker, read by others without a guarantee of freshness.
public final class SfuCounters {
    private final long[] values = new long[SfuCounter.values().length];

    public long get(SfuCounter counter) {
        return values[counter.ordinal()];
    }

    void count(SfuCounter counter) {
        values[counter.ordinal()]++;
    }

    void count(SfuCounter counter, int times) {
        values[counter.ordinal()] += times;
    }
}
