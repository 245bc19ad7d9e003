package dev.stoa.media.rtc.rtx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;

/// The newest packets of one stream, in plaintext, by widened sequence number: what NACKs are answered from.
///
/// Slots lie in one segment that is made with the first packet, so a track that never sends costs nothing.
/// A slot is overwritten by the packet [#slots()] numbers later. Single owner thread.
public final class PacketRing {
    private static final long NONE = -1;

    private final SegmentAllocator memory;
    private final int slotBytes;
    private final int mask;
    private final long[] seqs;
    private final int[] lengths;
    private final long[] storedNs;
    private MemorySegment slab = MemorySegment.NULL;

    /// @param slots how many packets are kept, rounded up to a power of two, 2..65536
    /// @param slotBytes longest packet kept, in bytes
    /// @param memory where the segment comes from; `Arena.ofAuto()` for off-heap memory freed with the ring
    public PacketRing(int slots, int slotBytes, SegmentAllocator memory) {
        int size = Integer.highestOneBit(Math.clamp(slots, 2, 65_536) * 2 - 1);
        this.memory = memory;
        this.slotBytes = slotBytes;
        this.mask = size - 1;
        this.seqs = new long[size];
        this.lengths = new int[size];
        this.storedNs = new long[size];
        Arrays.fill(seqs, NONE);
    }

    /// A ring on the heap.
    public PacketRing(int slots, int slotBytes) {
        this(slots, slotBytes, (size, alignment) -> MemorySegment.ofArray(new byte[(int) size]));
    }

    public int slots() {
        return mask + 1;
    }

    /// Copies a packet in. False when it is longer than a slot, or older than the packet in its place.
    ///
    /// @param seq widened sequence number, not negative
    public boolean store(long nowNs, long seq, MemorySegment packet, long offset, int length) {
        int i = (int) seq & mask;
        if (length > slotBytes || seqs[i] > seq) {
            return false;
        }
        if (slab.byteSize() == 0) {
            slab = memory.allocate((long) slotBytes * (mask + 1), Long.BYTES);
        }
        MemorySegment.copy(packet, offset, slab, (long) i * slotBytes, length);
        seqs[i] = seq;
        lengths[i] = length;
        storedNs[i] = nowNs;
        return true;
    }

    public boolean contains(long seq) {
        return seq >= 0 && seqs[(int) seq & mask] == seq;
    }

    /// Where packet `seq` lies in [#segment()], -1 when it is not here (any more).
    public long offset(long seq) {
        return contains(seq) ? (long) ((int) seq & mask) * slotBytes : NONE;
    }

    /// Bytes of packet `seq`, -1 when it is not here.
    public int length(long seq) {
        return contains(seq) ? lengths[(int) seq & mask] : -1;
    }

    /// When packet `seq` was stored, -1 when it is not here.
    public long storedNs(long seq) {
        return contains(seq) ? storedNs[(int) seq & mask] : NONE;
    }

    /// Holds all packets; of size 0 before the first.
    public MemorySegment segment() {
        return slab;
    }

    /// Forgets all packets and keeps the memory.
    public void clear() {
        Arrays.fill(seqs, NONE);
    }
}
