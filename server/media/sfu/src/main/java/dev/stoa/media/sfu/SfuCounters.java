package dev.stoa.media.sfu;

import java.util.List;

/// Counters of one worker: plain longs, written by the worker, read by others without a guarantee of freshness.
public final class SfuCounters {
    private final long[] values = new long[SfuCounter.values().length];

    /// The sum of several workers' counters as they are now.
    public static SfuCounters sum(List<SfuCounters> parts) {
        SfuCounters sum = new SfuCounters();
        for (SfuCounters part : parts) {
            for (int i = 0; i < sum.values.length; i++) {
                sum.values[i] += part.values[i];
            }
        }
        return sum;
    }

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
