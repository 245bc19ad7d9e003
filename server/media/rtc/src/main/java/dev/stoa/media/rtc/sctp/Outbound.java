package dev.stoa.media.rtc.sctp;

/// Data on its way to the peer: queue, flight, acknowledgement, repair (RFC 9260 §6.1 to §6.3, §7.2).
final class Outbound {
    /// Bound on everything queued or unacknowledged, [#MESSAGE_OVERHEAD] included for each message.
    static final int BUFFER_BYTES = 512 * 1024;

    /// What a message costs beside its bytes, so that empty ones are bounded too.
    static final int MESSAGE_OVERHEAD = 64;

    private static final int MISSING_REPORTS = 3;

    private final SendQueue queue = new SendQueue();
    private final Outstanding outstanding = new Outstanding();
    private final CongestionWindow congestion = new CongestionWindow();
    private final Rto rto;
    private final SctpCounters counters;
    private long nextTsn;
    private long cumulativeAcked;
    private int bufferedBytes;
    private int flightBytes;
    private int lostChunks;
    private long peerWindow;
    private long sackNumber;
    private long rttTsn = -1;
    private long rttSentNs;
    private long timerNs = Long.MAX_VALUE;
    private boolean sendPastWindow;
    /// A timer expired and no SACK came since: one packet at a time (RFC 9260 §6.3.3 E3).
    private boolean probing;

    Outbound(int initialTsn, Rto rto, SctpCounters counters) {
        this.rto = rto;
        this.counters = counters;
        nextTsn = Tsn.first(initialTsn);
        cumulativeAcked = nextTsn - 1;
    }

    void start(long window) {
        peerWindow = window;
    }

    /// False when the buffer is full.
    boolean add(int stream, boolean unordered, int ppid, byte[] payload) {
        int cost = payload.length + MESSAGE_OVERHEAD;
        if (cost > BUFFER_BYTES - bufferedBytes) {
            return false;
        }
        bufferedBytes += cost;
        queue.add(stream, unordered, ppid, payload);
        return true;
    }

    void dropQueued(int stream) {
        bufferedBytes -= queue.drop(stream, MESSAGE_OVERHEAD);
    }

    void restartStream(int stream) {
        queue.restartStream(stream);
    }

    boolean holds(int stream) {
        return queue.holds(stream) || outstanding.holds(stream);
    }

    boolean isEmpty() {
        return queue.isEmpty() && outstanding.size() == 0;
    }

    long lastAssignedTsn() {
        return nextTsn - 1;
    }

    /// The T3-rtx timer; Long.MAX_VALUE when nothing is in flight.
    long timerNs() {
        return timerNs;
    }

    /// True when [#fill] would write something into an empty packet.
    boolean canSend() {
        return lostChunks > 0 ? mayRetransmit() : !queue.isEmpty() && maySendNew();
    }

    /// Writes as many chunks as packet and windows allow; true when it wrote one.
    boolean fill(long nowNs, PacketWriter out) {
        boolean wrote = retransmit(nowNs, out);
        while (lostChunks == 0 && maySendNew()) {
            int length = queue.nextLength(out.room());
            OutboundChunk chunk = length == 0 ? null : queue.cut(nextTsn, length);
            if (chunk == null) {
                break;
            }
            nextTsn++;
            chunk.write(out);
            outstanding.add(chunk);
            flightBytes += length;
            peerWindow = Math.max(0, peerWindow - length);
            if (rttTsn < 0) {
                rttTsn = chunk.tsn;
                rttSentNs = nowNs;
            }
            wrote = true;
        }
        if (wrote && timerNs == Long.MAX_VALUE) {
            timerNs = nowNs + rto.ns();
        }
        sendPastWindow &= !wrote;
        return wrote;
    }

    /// What a SACK or the cumulative TSN of a SHUTDOWN brought.
    enum Verdict {
        /// Older than what we know, or impossible.
        IGNORED,
        /// Acknowledged nothing new.
        NO_PROGRESS,
        PROGRESS
    }

    /// Takes the SACK the reader stands on.
    Verdict sack(long nowNs, PacketReader packet) {
        int gaps = packet.u16(8);
        int duplicates = packet.u16(10);
        if (packet.valueLength() < 12 + 4 * gaps + 4 * duplicates) {
            return Verdict.IGNORED;
        }
        long cumulative = Tsn.widen(packet.i32(0), cumulativeAcked);
        if (cumulative < cumulativeAcked || cumulative >= nextTsn) {
            return Verdict.IGNORED;
        }
        int flightBefore = flightBytes;
        int bufferedBefore = bufferedBytes;
        sackNumber++;
        probing = false;
        long highestNewlyAcked = advance(nowNs, cumulative);
        boolean advanced = highestNewlyAcked >= 0;
        long highestInGaps = cumulative;
        boolean newInGaps = false;
        int last = 0;
        for (int i = 0; i < gaps; i++) {
            int start = packet.u16(12 + 4 * i);
            int end = packet.u16(14 + 4 * i);
            if (start <= last + 1 || end < start || end > outstanding.size()) {
                counters.badChunks++;
                break;
            }
            last = end;
            long newly = markGap(nowNs, start - 1, end - 1);
            newInGaps |= newly >= 0;
            highestNewlyAcked = Math.max(highestNewlyAcked, newly);
            highestInGaps = cumulative + end;
        }
        takeBackReneged();
        boolean countAll = congestion.inFastRecovery() && advanced;
        if (advanced) {
            congestion.cumulativeAdvanced(
                    cumulative, bufferedBefore - bufferedBytes, flightBefore, outstanding.size() == 0);
        }
        reportMissing(countAll ? highestInGaps : highestNewlyAcked);
        peerWindow = Math.max(0, Integer.toUnsignedLong(packet.i32(4)) - flightBytes);
        restartTimer(nowNs, advanced);
        return advanced || newInGaps ? Verdict.PROGRESS : Verdict.NO_PROGRESS;
    }

    /// Takes the cumulative TSN of a SHUTDOWN (RFC 9260 §3.3.8).
    void acknowledge(long nowNs, int wireTsn) {
        long cumulative = Tsn.widen(wireTsn, cumulativeAcked);
        if (cumulative > cumulativeAcked && cumulative < nextTsn) {
            advance(nowNs, cumulative);
            restartTimer(nowNs, true);
        }
    }

    /// The peer said it has no room at all; then silence about our probe is not a sign of a dead path.
    boolean isPeerFull() {
        return peerWindow == 0 && outstanding.size() <= 1;
    }

    /// T3-rtx expired: everything unacknowledged is taken for lost (RFC 9260 §6.3.3).
    void timeout(long nowNs) {
        congestion.timeout();
        rto.backOff();
        probing = true;
        sendPastWindow = false;
        rttTsn = -1;
        for (int i = 0; i < outstanding.size(); i++) {
            OutboundChunk chunk = outstanding.get(i);
            chunk.missingReports = 0;
            chunk.fastRetransmitted = false;
            lose(chunk);
        }
        timerNs = nowNs + rto.ns();
    }

    private boolean retransmit(long nowNs, PacketWriter out) {
        boolean wrote = false;
        for (int i = 0; i < outstanding.size() && lostChunks > 0 && (wrote || mayRetransmit()); i++) {
            OutboundChunk chunk = outstanding.get(i);
            if (!chunk.lost) {
                continue;
            }
            if (out.room() < Inbound.DATA_FIELDS_BYTES + chunk.length) {
                break;
            }
            chunk.write(out);
            chunk.lost = false;
            chunk.missingReports = 0;
            lostChunks--;
            flightBytes += chunk.length;
            counters.retransmittedChunks++;
            if (i == 0) {
                timerNs = nowNs + rto.ns();
            }
            if (rttTsn == chunk.tsn) {
                rttTsn = -1;
            }
            wrote = true;
        }
        return wrote;
    }

    private boolean mayRetransmit() {
        return windowIsOpen() || sendPastWindow;
    }

    private boolean windowIsOpen() {
        return flightBytes < (probing ? 1 : congestion.bytes());
    }

    private boolean maySendNew() {
        return windowIsOpen() && (peerWindow > 0 || outstanding.size() == 0);
    }

    /// Removes what the cumulative TSN covers; the highest TSN removed that was not acked before, -1 when it does not
    /// advance.
    private long advance(long nowNs, long cumulative) {
        if (cumulative == cumulativeAcked) {
            return -1;
        }
        while (cumulativeAcked < cumulative) {
            OutboundChunk chunk = outstanding.removeFirst();
            cumulativeAcked = chunk.tsn;
            if (!chunk.gapAcked) {
                land(chunk);
                measure(nowNs, chunk);
            }
            bufferedBytes -= chunk.length + ((chunk.flags & OutboundChunk.END) != 0 ? MESSAGE_OVERHEAD : 0);
        }
        return cumulative;
    }

    private long markGap(long nowNs, int from, int to) {
        long highest = -1;
        for (int i = from; i <= to; i++) {
            OutboundChunk chunk = outstanding.get(i);
            chunk.ackedBySack = sackNumber;
            if (!chunk.gapAcked) {
                land(chunk);
                measure(nowNs, chunk);
                chunk.gapAcked = true;
                highest = chunk.tsn;
            }
        }
        return highest;
    }

    /// A peer may drop what it acknowledged in a gap block only (RFC 9260 §6.2.1 D).
    private void takeBackReneged() {
        for (int i = 0; i < outstanding.size(); i++) {
            OutboundChunk chunk = outstanding.get(i);
            if (chunk.gapAcked && chunk.ackedBySack != sackNumber) {
                chunk.gapAcked = false;
                chunk.lost = true;
                lostChunks++;
            }
        }
    }

    private void reportMissing(long below) {
        boolean starts = false;
        for (int i = 0; i < outstanding.size(); i++) {
            OutboundChunk chunk = outstanding.get(i);
            if (chunk.tsn >= below) {
                break;
            }
            if (chunk.gapAcked || chunk.lost || chunk.fastRetransmitted) {
                continue;
            }
            if (++chunk.missingReports >= MISSING_REPORTS) {
                lose(chunk);
                chunk.fastRetransmitted = true;
                starts = true;
            }
        }
        if (starts) {
            counters.fastRetransmits++;
            sendPastWindow |= !congestion.inFastRecovery();
            congestion.fastRetransmit(nextTsn - 1);
        }
    }

    private void lose(OutboundChunk chunk) {
        if (!chunk.gapAcked && !chunk.lost) {
            chunk.lost = true;
            lostChunks++;
            flightBytes -= chunk.length;
        }
    }

    private void land(OutboundChunk chunk) {
        if (chunk.lost) {
            chunk.lost = false;
            lostChunks--;
        } else {
            flightBytes -= chunk.length;
        }
    }

    private void measure(long nowNs, OutboundChunk chunk) {
        if (chunk.tsn == rttTsn) {
            rto.sample(nowNs - rttSentNs);
            rttTsn = -1;
        }
    }

    private void restartTimer(long nowNs, boolean advanced) {
        if (outstanding.size() == 0) {
            timerNs = Long.MAX_VALUE;
        } else if (advanced || timerNs == Long.MAX_VALUE) {
            timerNs = nowNs + rto.ns();
        }
    }
}
