package dev.stoa.media.rtc.sctp;

/// One DATA chunk that has a TSN and is not yet acknowledged by the cumulative TSN (RFC 9260 §3.3.1).
final class OutboundChunk {
    static final int HEADER_BYTES = PacketReader.CHUNK_HEADER_BYTES + Inbound.DATA_FIELDS_BYTES;
    static final int END = 1;
    static final int BEGIN = 2;
    static final int UNORDERED = 4;

    final long tsn;
    final int flags;
    final int stream;
    final int ssn;
    final int ppid;
    final byte[] message;
    final int from;
    final int length;

    /// In a gap block of the latest SACK.
    boolean gapAcked;
    /// Number of the SACK that last covered it, to notice when the peer takes that back.
    long ackedBySack;
    /// Waits to be sent again; then it does not count as in flight.
    boolean lost;
    boolean fastRetransmitted;
    int missingReports;

    OutboundChunk(long tsn, int flags, int stream, int ssn, int ppid, byte[] message, int from, int length) {
        this.tsn = tsn;
        this.flags = flags;
        this.stream = stream;
        this.ssn = ssn;
        this.ppid = ppid;
        this.message = message;
        this.from = from;
        this.length = length;
    }

    void write(PacketWriter out) {
        out.beginChunk(ChunkType.DATA, flags);
        out.u32((int) tsn);
        out.u16(stream);
        out.u16(ssn);
        out.u32(ppid);
        out.bytes(message, from, length);
        out.endChunk();
    }
}
