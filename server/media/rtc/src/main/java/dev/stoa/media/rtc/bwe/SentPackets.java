package dev.stoa.media.rtc.bwe;

import java.util.Arrays;

/// The newest packets sent on one transport, by widened transport-wide sequence number, until feedback tells their
/// fate.
/// Grows while packets younger than [#KEEP_NS] would be overwritten, so that an idle transport stays small.
final class SentPackets {
    private static final int MIN_SLOTS = 256;
    private static final int MAX_SLOTS = 8192;
    /// Longest round trip covered.
    private static final long KEEP_NS = 2_000_000_000L;
    private static final long NONE = -1;

    private static final int BYTES_MASK = 0xFFFF;
    private static final int PROBE_SHIFT = 16;
    private static final int PROBE_MASK = 0xFF;
    private static final int LOST_FLAG = 1 << 24;
    private static final int ARRIVED_FLAG = 1 << 25;

    private long[] seqs = new long[0];
    private long[] sentNs = new long[0];
    private int[] infos = new int[0];
    private long highest = NONE;

    /// @param probe number of the probe it belongs to, 0 = none
    void add(long nowNs, long seq, int bytes, int probe) {
        int i = slotFor(nowNs, seq);
        seqs[i] = seq;
        sentNs[i] = nowNs;
        infos[i] = Math.min(bytes, BYTES_MASK) | (probe & PROBE_MASK) << PROBE_SHIFT;
        highest = Math.max(highest, seq);
    }

    private int slotFor(long nowNs, long seq) {
        if (seqs.length == 0) {
            resize(MIN_SLOTS);
        }
        int i = (int) seq & seqs.length - 1;
        while (seqs[i] != NONE && nowNs - sentNs[i] < KEEP_NS && seqs.length < MAX_SLOTS) {
            resize(seqs.length * 2);
            i = (int) seq & seqs.length - 1;
        }
        return i;
    }

    private void resize(int slots) {
        long[] oldSeqs = seqs;
        long[] oldSent = sentNs;
        int[] oldInfos = infos;
        seqs = new long[slots];
        sentNs = new long[slots];
        infos = new int[slots];
        Arrays.fill(seqs, NONE);
        for (int k = 0; k < oldSeqs.length; k++) {
            if (oldSeqs[k] != NONE) {
                int i = (int) oldSeqs[k] & slots - 1;
                seqs[i] = oldSeqs[k];
                sentNs[i] = oldSent[k];
                infos[i] = oldInfos[k];
            }
        }
    }

    /// Highest number sent, -1 before the first.
    long highest() {
        return highest;
    }

    /// Where packet `seq` is kept, -1 when it is not (any more).
    int find(long seq) {
        if (seq < 0 || seqs.length == 0) {
            return -1;
        }
        int i = (int) seq & seqs.length - 1;
        return seqs[i] == seq ? i : -1;
    }

    long sentNs(int i) {
        return sentNs[i];
    }

    int bytes(int i) {
        return infos[i] & BYTES_MASK;
    }

    int probe(int i) {
        return infos[i] >>> PROBE_SHIFT & PROBE_MASK;
    }

    boolean arrived(int i) {
        return (infos[i] & ARRIVED_FLAG) != 0;
    }

    boolean lost(int i) {
        return (infos[i] & LOST_FLAG) != 0;
    }

    void markArrived(int i) {
        infos[i] = infos[i] & ~LOST_FLAG | ARRIVED_FLAG;
    }

    void markLost(int i) {
        infos[i] |= LOST_FLAG;
    }
}
