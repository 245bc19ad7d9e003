package dev.stoa.signal;

import java.util.concurrent.atomic.LongAdder;

/// What happened on the sockets since start. Thread-safe.
public final class SignalCounters {
    public final LongAdder opened = new LongAdder();
    public final LongAdder closed = new LongAdder();
    public final LongAdder messagesIn = new LongAdder();
    public final LongAdder messagesOut = new LongAdder();
    public final LongAdder malformed = new LongAdder();
    public final LongAdder unknownMethods = new LongAdder();
    public final LongAdder slowReadersCut = new LongAdder();
    /// Failures and measurements that clients reported.
    public final LongAdder reports = new LongAdder();
    /// What clients reported and nobody keeps.
    public final LongAdder reportsIgnored = new LongAdder();
    public final LongAdder refused = new LongAdder();
    /// Calls of the store of whiteboards.
    public final LongAdder boardRequests = new LongAdder();
    /// Those that were not served, whatever the reason.
    public final LongAdder boardRefused = new LongAdder();
    /// Those that were no call of its protocol.
    public final LongAdder boardMalformed = new LongAdder();
    /// Those whose caller went away before the end: of a stream, that is how clients end it.
    public final LongAdder boardCallersLeft = new LongAdder();
}
