package dev.stoa.api.webhook;

import java.util.concurrent.atomic.LongAdder;

/// What became of webhooks since the start, for metrics. Thread-safe.
public final class WebhookCounters {
    public final LongAdder delivered = new LongAdder();
    /// Attempts that failed and are repeated.
    public final LongAdder postponed = new LongAdder();
    /// Events given up.
    public final LongAdder failed = new LongAdder();
}
