package dev.stoa.media.rtc.sctp;

import org.jspecify.annotations.Nullable;

/// Received data: which TSNs are here, what to acknowledge and when (RFC 9260 §6.2, RFC 3758 §3.6).
///
/// Chunks ahead of a gap wait in a window of [#WINDOW_TSNS]; everything is then released in TSN order.
final class Inbound {
    /// Largest number of TSNs beyond the cumulative one we hold or acknowledge.
    static final int WINDOW_TSNS = 2048;

    /// Advertised receive window (bytes). Twice the largest message, so that one under way never closes it.
    static final int WINDOW_BYTES = 2 * Reassembly.MAX_MESSAGE_BYTES;

    /// RFC 9260 §6.2 allows 200 ms; shorter keeps a waiting peer's window moving, longer saves SACKs.
    static final long SACK_DELAY_NS = 50_000_000L;

    static final int DATA_FIELDS_BYTES = 12;
    private static final int MAX_DUPLICATES = 16;
    private static final int MAX_GAP_BLOCKS = 64;
    private static final int SACK_NOW = 8;

    private record Waiting(int flags, int stream, int ppid, byte[] payload) {}

    private final Reassembly reassembly;
    private final SctpCounters counters;
    private @Nullable Waiting @Nullable [] waiting;
    private int waitingBytes;
    private long cumulative;
    private long highest;
    private final int[] duplicates = new int[MAX_DUPLICATES];
    private int duplicateCount;
    private int packetsToAck;
    private boolean sackNow;
    private boolean dataInPacket;
    private long sackDueNs = Long.MAX_VALUE;

    Inbound(Reassembly.Sink sink, SctpCounters counters) {
        this.counters = counters;
        reassembly = new Reassembly(sink, counters);
    }

    void start(int peerInitialTsn) {
        cumulative = Tsn.first(peerInitialTsn) - 1;
        highest = cumulative;
    }

    /// All TSNs up to this one are here.
    long cumulative() {
        return cumulative;
    }

    /// Takes the DATA chunk the reader stands on; its length was checked.
    void data(PacketReader packet) {
        dataInPacket = true;
        long tsn = Tsn.widen(packet.i32(0), cumulative);
        int payload = packet.valueLength() - DATA_FIELDS_BYTES;
        sackNow |= (packet.flags() & SACK_NOW) != 0;
        if (tsn <= cumulative || at(tsn) != null) {
            noteDuplicate((int) tsn);
        } else if (tsn == cumulative + 1) {
            cumulative = tsn;
            highest = Math.max(highest, tsn);
            int from = packet.value() + DATA_FIELDS_BYTES;
            reassembly.fragment(packet.flags(), packet.u16(4), packet.i32(8), packet.bytes(), from, payload);
            release();
        } else if (tsn - cumulative >= WINDOW_TSNS || payload > window()) {
            counters.outsideWindow++;
            sackNow = true;
        } else {
            keep(tsn, packet, payload);
        }
    }

    /// The peer gives up everything up to this TSN (RFC 3758 §3.6). Stream sequence numbers are not needed here.
    void forwardTsn(int wireTsn) {
        sackNow = true;
        long newCumulative = Tsn.widen(wireTsn, cumulative);
        if (newCumulative <= cumulative) {
            return;
        }
        // Chunks that did arrive may be whole messages; only what is missing breaks a message under way.
        while (cumulative < newCumulative && cumulative < highest) {
            if (at(cumulative + 1) == null) {
                reassembly.abandon();
                cumulative++;
            } else {
                releaseOne();
            }
        }
        if (cumulative < newCumulative) {
            reassembly.abandon();
            cumulative = newCumulative;
        }
        highest = Math.max(highest, cumulative);
        release();
    }

    /// Ends the reading of one packet: decides when its data is acknowledged.
    void packetRead(long nowNs) {
        if (!dataInPacket) {
            return;
        }
        dataInPacket = false;
        packetsToAck++;
        sackNow |= packetsToAck >= 2 || highest > cumulative;
        sackDueNs = Math.min(sackDueNs, nowNs + SACK_DELAY_NS);
    }

    boolean owesSack() {
        return sackNow || packetsToAck > 0;
    }

    boolean sackIsDue(long nowNs) {
        return sackNow || sackDueNs <= nowNs;
    }

    long sackDueNs() {
        return sackDueNs;
    }

    void demandSack() {
        sackNow = true;
    }

    void writeSack(PacketWriter out) {
        out.beginChunk(ChunkType.SACK, 0);
        out.u32((int) cumulative);
        out.u32(window());
        int gaps = writeGaps(null, Math.min(MAX_GAP_BLOCKS, (out.room() - 12) / 4));
        int repeated = Math.min(duplicateCount, (out.room() - 12) / 4 - gaps);
        out.u16(gaps);
        out.u16(repeated);
        writeGaps(out, gaps);
        for (int i = 0; i < repeated; i++) {
            out.u32(duplicates[i]);
        }
        out.endChunk();
        duplicateCount = 0;
        packetsToAck = 0;
        sackNow = false;
        sackDueNs = Long.MAX_VALUE;
    }

    /// Free receive window in bytes.
    int window() {
        return Math.max(0, WINDOW_BYTES - waitingBytes - reassembly.heldBytes());
    }

    /// Counts, and with `out` writes, the blocks of TSNs beyond the cumulative one (RFC 9260 §3.3.4).
    private int writeGaps(@Nullable PacketWriter out, int most) {
        int blocks = 0;
        for (long tsn = cumulative + 2; tsn <= highest && blocks < most; tsn++) {
            if (at(tsn) == null) {
                continue;
            }
            long first = tsn;
            while (tsn < highest && at(tsn + 1) != null) {
                tsn++;
            }
            if (out != null) {
                out.u16((int) (first - cumulative));
                out.u16((int) (tsn - cumulative));
            }
            blocks++;
        }
        return blocks;
    }

    private void noteDuplicate(int tsn) {
        counters.duplicateTsns++;
        sackNow = true;
        if (duplicateCount < MAX_DUPLICATES) {
            duplicates[duplicateCount++] = tsn;
        }
    }

    private void keep(long tsn, PacketReader packet, int payload) {
        if (waiting == null) {
            waiting = new Waiting[WINDOW_TSNS];
        }
        byte[] copy = new byte[payload];
        System.arraycopy(packet.bytes(), packet.value() + DATA_FIELDS_BYTES, copy, 0, payload);
        waiting[slot(tsn)] = new Waiting(packet.flags(), packet.u16(4), packet.i32(8), copy);
        waitingBytes += payload;
        highest = Math.max(highest, tsn);
    }

    private void release() {
        while (cumulative < highest && at(cumulative + 1) != null) {
            releaseOne();
        }
    }

    private void releaseOne() {
        Waiting chunk = at(cumulative + 1);
        if (chunk == null || waiting == null) {
            return;
        }
        cumulative++;
        waiting[slot(cumulative)] = null;
        waitingBytes -= chunk.payload.length;
        reassembly.fragment(chunk.flags, chunk.stream, chunk.ppid, chunk.payload, 0, chunk.payload.length);
    }

    private @Nullable Waiting at(long tsn) {
        return waiting == null || tsn > highest ? null : waiting[slot(tsn)];
    }

    private static int slot(long tsn) {
        return (int) (tsn & (WINDOW_TSNS - 1));
    }
}
