package dev.stoa.media.io;

import java.util.List;

/// What the socket did. Written by its owner thread, read by others approximately.
public final class IoCounters {
    /// Those too long included.
    public long datagramsIn;
    public long bytesIn;
    public long datagramsOut;
    public long bytesOut;
    /// Messages of several datagrams, and how many those were.
    public long trainsIn;

    public long trainDatagramsIn;
    public long trainsOut;
    public long trainDatagramsOut;
    /// Trains the kernel did not take; their datagrams were sent one by one.
    public long trainsRefused;

    public long receiveCalls;
    public long sendCalls;
    /// The kernel's buffer was full.
    public long droppedFull;
    /// The kernel refused the datagram (no route, not permitted).
    public long droppedRefused;
    /// Longer than a slot.
    public long droppedTooLong;

    /// The sum of several sockets' counters as they are now.
    static IoCounters sum(List<IoCounters> parts) {
        IoCounters sum = new IoCounters();
        for (IoCounters part : parts) {
            sum.datagramsIn += part.datagramsIn;
            sum.bytesIn += part.bytesIn;
            sum.datagramsOut += part.datagramsOut;
            sum.bytesOut += part.bytesOut;
            sum.trainsIn += part.trainsIn;
            sum.trainDatagramsIn += part.trainDatagramsIn;
            sum.trainsOut += part.trainsOut;
            sum.trainDatagramsOut += part.trainDatagramsOut;
            sum.trainsRefused += part.trainsRefused;
            sum.receiveCalls += part.receiveCalls;
            sum.sendCalls += part.sendCalls;
            sum.droppedFull += part.droppedFull;
            sum.droppedRefused += part.droppedRefused;
            sum.droppedTooLong += part.droppedTooLong;
        }
        return sum;
    }
}
