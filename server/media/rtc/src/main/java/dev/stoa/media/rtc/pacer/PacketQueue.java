package dev.stoa.media.rtc.pacer;

/// References to deferred packets in order. Starts small and grows to its bound, so that an idle transport costs
/// little.
final class PacketQueue {
    private static final int MIN_SLOTS = 32;
    private static final long REMOVED = -1;

    private final int maxPackets;
    private int[] streams = new int[0];
    private long[] seqs = new long[0];
    private int[] sizes = new int[0];
    private long[] sinceNs = new long[0];
    private int head;
    private int size;
    private int packets;
    private long bytes;

    PacketQueue(int maxPackets) {
        this.maxPackets = maxPackets;
    }

    /// False when it is full.
    boolean add(long nowNs, int stream, long seq, int packetBytes) {
        if (size == seqs.length && !grow()) {
            return false;
        }
        int at = head + size & seqs.length - 1;
        streams[at] = stream;
        seqs[at] = seq;
        sizes[at] = packetBytes;
        sinceNs[at] = nowNs;
        size++;
        packets++;
        bytes += packetBytes;
        return true;
    }

    private boolean grow() {
        if (seqs.length >= maxPackets) {
            return false;
        }
        int slots = Math.min(maxPackets, Math.max(MIN_SLOTS, seqs.length * 2));
        int[] newStreams = new int[slots];
        long[] newSeqs = new long[slots];
        int[] newSizes = new int[slots];
        long[] newSince = new long[slots];
        for (int k = 0; k < size; k++) {
            int at = head + k & seqs.length - 1;
            newStreams[k] = streams[at];
            newSeqs[k] = seqs[at];
            newSizes[k] = sizes[at];
            newSince[k] = sinceNs[at];
        }
        streams = newStreams;
        seqs = newSeqs;
        sizes = newSizes;
        sinceNs = newSince;
        head = 0;
        return true;
    }

    /// True when nothing waits. Afterwards, if false, the first packet is at the head.
    boolean isEmpty() {
        while (size > 0 && seqs[head] == REMOVED) {
            head = head + 1 & seqs.length - 1;
            size--;
        }
        return size == 0;
    }

    int headStream() {
        return streams[head];
    }

    long headSeq() {
        return seqs[head];
    }

    int headBytes() {
        return sizes[head];
    }

    long headSinceNs() {
        return sinceNs[head];
    }

    void removeHead() {
        bytes -= sizes[head];
        packets--;
        head = head + 1 & seqs.length - 1;
        size--;
    }

    /// Forgets all packets of a stream; returns how many.
    int removeStream(int stream) {
        int removed = 0;
        for (int k = 0; k < size; k++) {
            int at = head + k & seqs.length - 1;
            if (streams[at] == stream && seqs[at] != REMOVED) {
                seqs[at] = REMOVED;
                bytes -= sizes[at];
                removed++;
            }
        }
        packets -= removed;
        return removed;
    }

    int packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }
}
