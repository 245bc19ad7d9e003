package dev.stoa.media.io;

import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;

/// One unconnected UDP socket, read and written in batches. One owner thread; only [#wakeup()] is thread-safe.
///
/// A received batch stays valid until the next [#receive()]. Nothing here throws for what the network does:
/// failures of single datagrams are counted in [#counters()].
public interface DatagramIo extends AutoCloseable {
    /// Bytes kept per datagram in either direction; longer ones are dropped.
    int SLOT_BYTES = 2048;

    /// `nio`, `linux-ffm` or `linux-ffm-plain`.
    String name();

    int localPort();

    /// Takes what has arrived without waiting; returns how many datagrams.
    int receive();

    /// True when the last [#receive()] found the end of what had arrived.
    boolean isDrained();

    /// Where the received datagrams lie.
    MemorySegment receiveSlab();

    long receiveOffset(int index);

    /// 0 for a datagram that was longer than a slot: nobody can use its beginning.
    int receiveLength(int index);

    /// Writes the sender of datagram `index` into `into`.
    void receiveRemote(int index, Remote into);

    /// Where datagrams to send are written: [#sendSlots()] slots of [#SLOT_BYTES].
    MemorySegment sendSlab();

    int sendSlots();

    /// Marks the datagram in the next slot for sending. The slot number is the count since the last [#flush()].
    void queue(Remote remote, int length);

    /// Sends everything queued. What the socket does not take now is dropped and counted: late media is lost media.
    void flush();

    /// Waits until a datagram arrives, [#wakeup()] is called, or the time is over.
    ///
    /// @param timeoutNs > 0
    void await(long timeoutNs);

    /// Ends a running or the next [#await]. Thread-safe; does nothing after [#close()].
    void wakeup();

    IoCounters counters();

    @Override
    void close();
}
