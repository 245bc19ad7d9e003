package dev.stoa.media.rtc;

import java.lang.foreign.MemorySegment;

/// Where a worker writes what it sends. The owner of the socket implements it.
///
/// A packet is written straight into the slab: [#reserve()] a slot, write at its offset, [#commit].
/// There is one open reservation at a time; a second `reserve` without a `commit` returns the same slot.
/// Committed datagrams leave at the latest when the worker ends its turn. Called by the worker thread only.
public interface DatagramOut {
    /// Size of a slot in bytes; no datagram is longer.
    int SLOT_BYTES = 2048;

    MemorySegment slab();

    /// Offset in the slab of a free slot of [#SLOT_BYTES] bytes. Flushes first when all are taken.
    long reserve();

    /// Queues `length` bytes at `offset` (inside the reserved slot) for `remote`. Copies the remote.
    void commit(Remote remote, long offset, int length);

    /// The next packets are for somebody else: a good moment to send what is there, while it is still in the cache.
    default void turnToNext() {}
}
