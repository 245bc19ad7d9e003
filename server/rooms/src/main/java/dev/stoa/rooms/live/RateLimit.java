package dev.stoa.rooms.live;

/// A token bucket: so many things at once, so many per second in the long run.
final class RateLimit {
    private static final long PER_TOKEN = 1000;

    private final long capacity;
    private final long perMs;
    private long tokens;
    private long lastMs;

    /// @param perSecond 1 .. 1000000
    /// @param burst at least 1
    RateLimit(int perSecond, int burst, long nowMs) {
        // In thousandths, so that a millisecond adds a whole number.
        this.capacity = burst * PER_TOKEN;
        this.perMs = perSecond;
        this.tokens = capacity;
        this.lastMs = nowMs;
    }

    /// Takes one token, false when there is none.
    boolean take(long nowMs) {
        long full = capacity - tokens;
        tokens += Math.min(full, Math.min(full, nowMs - lastMs) * perMs);
        lastMs = nowMs;
        if (tokens < PER_TOKEN) {
            return false;
        }
        tokens -= PER_TOKEN;
        return true;
    }
}
