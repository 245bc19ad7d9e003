package dev.stoa.conference;

import java.util.concurrent.atomic.LongAdder;

/// What happened since the start, for metrics. Thread-safe.
public final class ConferenceCounters {
    /// Commands and connections refused because a room's mailbox was full.
    public final LongAdder mailboxFull = new LongAdder();
    /// Events of the media side dropped because a room's mailbox was full, or because no room knew the transport.
    public final LongAdder eventsDropped = new LongAdder();
    public final LongAdder connectionsOpened = new LongAdder();
    public final LongAdder connectionsRefused = new LongAdder();
    public final LongAdder mediaLost = new LongAdder();
    /// Session records that could not be written.
    public final LongAdder recordsLost = new LongAdder();
    /// Attempts to write session records that found the database away.
    public final LongAdder recordsRetried = new LongAdder();
}
