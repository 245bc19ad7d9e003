package dev.stoa.api.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A token bucket for each caller. Thread-safe.
///
/// The least recently seen callers are forgotten when there are too many; a forgotten caller begins with a full bucket,
/// so forgetting errs on the side of letting in.
public final class RequestLimits {
    private static final int MAX_CALLERS = 10_000;

    private final int refill;
    private final Duration period;
    private final int burst;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets;

    /// @param perSecond in the long run
    /// @param burst at once
    public RequestLimits(int perSecond, int burst) {
        this(perSecond, burst, TimeMeter.SYSTEM_NANOTIME);
    }

    RequestLimits(int perSecond, int burst, TimeMeter clock) {
        this(burst, perSecond, Duration.ofSeconds(1), clock);
    }

    /// @param burst at once
    /// @param refill in the long run, in each period
    public RequestLimits(int burst, int refill, Duration period) {
        this(burst, refill, period, TimeMeter.SYSTEM_NANOTIME);
    }

    private RequestLimits(int burst, int refill, Duration period, TimeMeter clock) {
        this.burst = burst;
        this.refill = refill;
        this.period = period;
        this.clock = clock;
        this.buckets = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > MAX_CALLERS;
            }
        });
    }

    /// Takes one request of a caller.
    ///
    /// @return 0 = go on, else after how many seconds to ask again
    public long retryAfterSeconds(String caller) {
        ConsumptionProbe probe =
                buckets.computeIfAbsent(caller, key -> bucket()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? 0
                : Math.max(1, (probe.getNanosToWaitForRefill() + 999_999_999) / TimeUnit.SECONDS.toNanos(1));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
                .withCustomTimePrecision(clock)
                .build();
    }
}
