package dev.stoa.rooms.ids;

import java.time.Instant;

/// The time of day. Thread-safe.
@FunctionalInterface
public interface TimeSource {
    /// Domain services keep milliseconds of it; the rest is cut off.
    Instant now();
}
