package dev.stoa.bench.load.net;

import java.time.Instant;

/// The loop's clock, and how far the kernel's time stamps are from it.
final class Clock {
    private static final int TRIES = 16;
    private static final long SECOND = 1_000_000_000L;

    private final long startNs = System.nanoTime();
    private long realOffsetNs;
    private long calibratedNs = -SECOND;

    long nowNs() {
        return System.nanoTime() - startNs;
    }

    /// Wall clock minus this clock; measured anew each second, for the wall clock is steered.
    long realOffsetNs(long nowNs) {
        if (nowNs - calibratedNs >= SECOND) {
            calibratedNs = nowNs;
            realOffsetNs = measure();
        }
        return realOffsetNs;
    }

    /// The pair read within the shortest time is the most exact.
    private long measure() {
        long best = Long.MAX_VALUE;
        long offset = realOffsetNs;
        for (int i = 0; i < TRIES; i++) {
            long before = nowNs();
            Instant real = Instant.now();
            long took = nowNs() - before;
            if (took < best) {
                best = took;
                offset = real.getEpochSecond() * SECOND + real.getNano() - (before + took / 2);
            }
        }
        return offset;
    }
}
