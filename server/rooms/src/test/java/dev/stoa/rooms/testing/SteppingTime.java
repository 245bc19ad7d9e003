package dev.stoa.rooms.testing;

import dev.stoa.rooms.ids.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// A time of day that tests move by hand.
public final class SteppingTime implements TimeSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T08:00:00.125Z"));

    @Override
    public Instant now() {
        return now.get();
    }

    public void advance(Duration step) {
        now.updateAndGet(old -> old.plus(step));
    }
}
