package dev.stoa.conference;

import dev.stoa.rooms.live.LiveIds;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Session ids that sort by time (seconds, random, counter: 4 + 5 + 3 bytes) and random message ids. Thread-safe
/// when its random source is.
public final class RandomIds implements LiveIds {
    private final LongSupplier clockMs;
    private final RandomGenerator random;
    private final long process;
    private final AtomicInteger counter;

    public RandomIds(LongSupplier clockMs, RandomGenerator random) {
        this.clockMs = clockMs;
        this.random = random;
        this.process = random.nextLong() & 0xFF_FFFF_FFFFL;
        this.counter = new AtomicInteger(random.nextInt());
    }

    @Override
    public String newSessionId() {
        HexFormat hex = HexFormat.of();
        long seconds = clockMs.getAsLong() / 1000;
        return hex.toHexDigits(seconds, 8)
                + hex.toHexDigits(process, 10)
                + hex.toHexDigits(counter.incrementAndGet() & 0xFF_FFFFL, 6);
    }

    @Override
    public String newMessageId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
