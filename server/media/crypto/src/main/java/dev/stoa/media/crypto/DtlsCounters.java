package dev.stoa.media.crypto;

import java.util.concurrent.atomic.LongAdder;

/// What became of handshakes; read by metrics. Thread-safe.
public final class DtlsCounters {
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /// Handshakes that reached CONNECTED.
    public long completed() {
        return completed.sum();
    }

    /// Handshakes that ended in an error, a time-out or a close.
    public long failed() {
        return failed.sum();
    }

    /// Datagrams dropped because too many handshakes were under way.
    public long refused() {
        return refused.sum();
    }

    void countCompleted() {
        completed.increment();
    }

    void countFailed() {
        failed.increment();
    }

    void countRefused() {
        refused.increment();
    }
}
