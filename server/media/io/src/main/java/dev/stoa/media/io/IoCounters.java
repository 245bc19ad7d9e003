package dev.stoa.media.io;

/// What the socket did. Written by its owner thread, read by others approximately.
public final class IoCounters {
    /// Those too long included.
    public long datagramsIn;
    public long bytesIn;
    public long datagramsOut;
    public long bytesOut;
    public long receiveCalls;
    public long sendCalls;
    /// The kernel's buffer was full.
    public long droppedFull;
    /// The kernel refused the datagram (no route, not permitted).
    public long droppedRefused;
    /// Longer than a slot.
    public long droppedTooLong;
}
