package dev.stoa.media.sim;

import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;

/// Something that takes part in a simulation.
public interface SimNode {
    /// Takes one datagram; the buffer is the node's until it returns.
    void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length);

    void handleTimeout(long nowNs);

    /// Long.MAX_VALUE = never.
    long nextTimeoutNs();
}
