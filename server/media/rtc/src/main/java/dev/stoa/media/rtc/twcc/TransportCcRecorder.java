package dev.stoa.media.rtc.twcc;

import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.TransportCcBuilder;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import java.util.Arrays;

/// Remembers when the packets of one transport arrived and tells the sender, each 100 ms or 50 packets
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3). Lower intervals make the sender's estimate react faster
/// and cost more feedback. Allocates nothing after construction. Single owner thread.
public final class TransportCcRecorder {
    private static final long INTERVAL_NS = 100_000_000L;
    private static final int PACKETS_PER_FEEDBACK = 50;
    /// Numbers one message covers; keeps the largest (all deltas of two bytes) inside an MTU.
    private static final int STATUSES_PER_FEEDBACK = 400;

    private static final int WINDOW = 1024;
    private static final int MASK = WINDOW - 1;
    private static final long NOT_RECEIVED = -1;

    private final long[] arrivalNs = new long[WINDOW];
    private final TransportCcBuilder builder = new TransportCcBuilder();

    private long highest = -1;
    /// First number of the next message.
    private long begin;
    private int pending;
    private long oldestPendingNs;
    private int mediaSsrc;
    private int feedbackCount;

    public TransportCcRecorder() {
        Arrays.fill(arrivalNs, NOT_RECEIVED);
    }

    /// @param seq16 transport-wide sequence number of the packet
    /// @param ssrc the packet's SSRC, named in the feedback
    public void onPacket(long nowNs, int seq16, int ssrc) {
        long seq = highest < 0 ? SequenceNumbers.first(seq16) : SequenceNumbers.unwrap(highest, seq16);
        if (highest < 0) {
            highest = seq;
            begin = seq;
        } else if (seq > highest) {
            advance(seq);
        } else if (seq <= highest - WINDOW) {
            return;
        }
        int i = (int) seq & MASK;
        if (arrivalNs[i] != NOT_RECEIVED) {
            return;
        }
        arrivalNs[i] = nowNs;
        mediaSsrc = ssrc;
        // A latecomer behind the last message: that part is told once more, now with this packet.
        begin = Math.min(begin, seq);
        if (pending++ == 0) {
            oldestPendingNs = nowNs;
        }
    }

    /// When [#write] has something to say; Long.MAX_VALUE without packets.
    public long nextTimeoutNs() {
        if (pending == 0) {
            return Long.MAX_VALUE;
        }
        return pending >= PACKETS_PER_FEEDBACK ? oldestPendingNs : oldestPendingNs + INTERVAL_NS;
    }

    /// Appends one feedback message when one is due. False otherwise or without room. Call until false.
    public boolean write(long nowNs, RtcpWriter writer, int senderSsrc) {
        if (nowNs < nextTimeoutNs()) {
            return false;
        }
        fill();
        if (builder.isEmpty()) {
            pending = 0;
            return false;
        }
        if (!builder.write(writer, senderSsrc, mediaSsrc, feedbackCount)) {
            return false;
        }
        feedbackCount = (feedbackCount + 1) & 0xFF;
        begin += builder.count();
        // What did not fit into this message is due at once.
        pending = begin > highest ? 0 : PACKETS_PER_FEEDBACK;
        return true;
    }

    private void fill() {
        skipWideGap();
        builder.reset(begin);
        long end = Math.min(highest, begin + STATUSES_PER_FEEDBACK - 1);
        for (long seq = begin; seq <= end; seq++) {
            long arrived = arrivalNs[(int) seq & MASK];
            if (arrived != NOT_RECEIVED && !builder.add(seq, arrived / 1000)) {
                return;
            }
        }
    }

    /// A message must hold an arrival, so of a gap wider than a message nothing is told.
    private void skipWideGap() {
        long first = begin;
        while (first <= highest && arrivalNs[(int) first & MASK] == NOT_RECEIVED) {
            first++;
        }
        if (first - begin >= STATUSES_PER_FEEDBACK) {
            begin = first;
        }
    }

    private void advance(long seq) {
        long from = Math.max(highest + 1, seq - WINDOW + 1);
        for (long s = from; s <= seq; s++) {
            arrivalNs[(int) s & MASK] = NOT_RECEIVED;
        }
        highest = seq;
        begin = Math.max(begin, seq - WINDOW + 1);
    }
}
