package dev.stoa.bench.signal;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/// How long things took, counted in steps of 50 us up to 20 s. Thread-safe.
final class Latencies {
    private static final long STEP_NS = 50_000;
    private static final int STEPS = 400_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(STEPS + 1);
    private final AtomicLong total = new AtomicLong();

    void add(long ns) {
        counts.incrementAndGet((int) Math.clamp(ns / STEP_NS, 0, STEPS));
        total.incrementAndGet();
    }

    void clear() {
        for (int i = 0; i <= STEPS; i++) {
            counts.set(i, 0);
        }
        total.set(0);
    }

    long count() {
        return total.get();
    }

    /// In milliseconds, the upper edge of the step. 0 when there is nothing.
    ///
    /// @param share 0 .. 1
    double percentileMs(double share) {
        long wanted = (long) Math.ceil(total.get() * share);
        long seen = 0;
        for (int i = 0; i <= STEPS && wanted > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return (i + 1) * STEP_NS / 1e6;
            }
        }
        return 0;
    }

    String text() {
        return "%.1f / %.1f / %.1f".formatted(percentileMs(0.5), percentileMs(0.99), percentileMs(1));
    }
}
