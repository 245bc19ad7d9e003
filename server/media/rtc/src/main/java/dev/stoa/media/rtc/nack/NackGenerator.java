package dev.stoa.media.rtc.nack;

import java.util.Arrays;

/// Finds gaps in one received stream and says which packets to ask for again, and when (RFC 4585 §6.2.1 gives the
/// format, not the timing). Takes widened sequence numbers, so it never meets wrap-around.
///
/// One ring holds the state of the last [#WINDOW] packets; a gap wider than that is beyond repair and asks for a
/// key frame instead. Allocates nothing after construction. Single owner thread.
public final class NackGenerator {
    /// Packets looked back at.
    public static final int WINDOW = 1024;

    private static final int MASK = WINDOW - 1;
    private static final long NOT_MISSING = Long.MAX_VALUE;

    private final NackSettings settings;
    private final long[] dueNs = new long[WINDOW];
    private final long[] missingSinceNs = new long[WINDOW];
    private final byte[] tries = new byte[WINDOW];

    private long highest = -1;
    private long lowestMissing;
    private int missing;
    private long nextDueNs = Long.MAX_VALUE;
    private boolean keyFrameNeeded;

    private long requested;
    private long recovered;
    private long givenUp;

    public NackGenerator(NackSettings settings) {
        this.settings = settings;
        Arrays.fill(dueNs, NOT_MISSING);
    }

    /// Notes a packet, first sent or repaired.
    ///
    /// @param seq widened sequence number (`SequenceNumbers.unwrap`), not negative
    /// @return false when the packet is a duplicate as far as this window knows, or older than the window
    public boolean onPacket(long nowNs, long seq) {
        if (highest < 0) {
            highest = seq;
            lowestMissing = seq + 1;
            return true;
        }
        if (seq <= highest) {
            return fill(seq);
        }
        if (seq - highest > WINDOW / 2) {
            giveUpAll();
            highest = seq;
            return true;
        }
        if (seq > highest + 1) {
            open(nowNs, seq);
        }
        makeRoom(highest + 1, seq);
        dueNs[(int) seq & MASK] = NOT_MISSING;
        if (missing > 0) {
            hurry(nowNs, seq);
        }
        highest = seq;
        return true;
    }

    /// Writes the sequence numbers (16 bit, rising order) to ask for now into `out`; returns how many. Call again
    /// when `out` came back full.
    ///
    /// @param rttNs round-trip time to the sender, 0 when unknown
    public int poll(long nowNs, long rttNs, int[] out) {
        if (nowNs < nextDueNs) {
            return 0;
        }
        long retryNs = Math.max(settings.minRetryNs(), rttNs + rttNs / 4);
        long next = Long.MAX_VALUE;
        int count = 0;
        advanceLowest();
        for (long seq = lowestMissing; seq <= highest && missing > 0; seq++) {
            int i = (int) seq & MASK;
            if (dueNs[i] == NOT_MISSING) {
                continue;
            }
            if (tries[i] >= settings.maxTries() || nowNs - missingSinceNs[i] > settings.maxAgeNs()) {
                giveUp(i);
            } else if (dueNs[i] > nowNs) {
                next = Math.min(next, dueNs[i]);
            } else if (count == out.length) {
                next = nowNs;
                break;
            } else {
                out[count++] = (int) seq & 0xFFFF;
                tries[i]++;
                dueNs[i] = nowNs + retryNs;
                next = Math.min(next, dueNs[i]);
                requested++;
            }
        }
        nextDueNs = next;
        return count;
    }

    /// When [#poll] has something to do; Long.MAX_VALUE without a gap.
    public long nextTimeoutNs() {
        return nextDueNs;
    }

    /// Forgets gaps before a key frame that started at `seq`: nothing decodes them any more.
    public void onKeyFrame(long seq) {
        for (long s = lowestMissing; s < seq && s <= highest && missing > 0; s++) {
            int i = (int) s & MASK;
            if (dueNs[i] != NOT_MISSING) {
                dueNs[i] = NOT_MISSING;
                missing--;
            }
        }
        lowestMissing = Math.max(lowestMissing, Math.min(seq, highest + 1));
        settle();
    }

    /// Forgets everything, for example when the sender was muted or its numbering began anew.
    public void reset() {
        Arrays.fill(dueNs, NOT_MISSING);
        highest = -1;
        missing = 0;
        nextDueNs = Long.MAX_VALUE;
    }

    /// True once after packets were given up: only a key frame helps now.
    public boolean takeKeyFrameNeeded() {
        boolean needed = keyFrameNeeded;
        keyFrameNeeded = false;
        return needed;
    }

    /// Packets missing now.
    public int missing() {
        return missing;
    }

    /// Requests made so far, each packet and try counted.
    public long requested() {
        return requested;
    }

    /// Missing packets that came after all.
    public long recovered() {
        return recovered;
    }

    /// Missing packets no longer waited for.
    public long givenUp() {
        return givenUp;
    }

    private boolean fill(long seq) {
        int i = (int) seq & MASK;
        if (seq <= highest - WINDOW || dueNs[i] == NOT_MISSING) {
            return false;
        }
        dueNs[i] = NOT_MISSING;
        missing--;
        recovered++;
        settle();
        return true;
    }

    private void open(long nowNs, long seq) {
        makeRoom(highest + 1, seq);
        if (missing == 0) {
            lowestMissing = highest + 1;
        }
        for (long s = highest + 1; s < seq; s++) {
            int i = (int) s & MASK;
            dueNs[i] = nowNs + settings.reorderNs();
            missingSinceNs[i] = nowNs;
            tries[i] = 0;
            missing++;
        }
        nextDueNs = Math.min(nextDueNs, nowNs + settings.reorderNs());
    }

    /// Gaps that enough later numbers lie behind: reordering is no longer likely.
    private void hurry(long nowNs, long seq) {
        int distance = settings.reorderPackets();
        for (long s = Math.max(lowestMissing, highest - distance + 1); s <= seq - distance; s++) {
            int i = (int) s & MASK;
            if (dueNs[i] != NOT_MISSING && tries[i] == 0 && dueNs[i] > nowNs) {
                dueNs[i] = nowNs;
                nextDueNs = Math.min(nextDueNs, nowNs);
            }
        }
    }

    /// What the ring forgets to hold `from..to` is lost for good.
    private void makeRoom(long from, long to) {
        for (long s = Math.max(from - WINDOW, lowestMissing); s <= to - WINDOW && missing > 0; s++) {
            int i = (int) s & MASK;
            if (dueNs[i] != NOT_MISSING) {
                giveUp(i);
            }
        }
        lowestMissing = Math.max(lowestMissing, to - WINDOW + 1);
    }

    private void giveUpAll() {
        for (int i = 0; i < WINDOW; i++) {
            if (dueNs[i] != NOT_MISSING) {
                giveUp(i);
            }
        }
        keyFrameNeeded = true;
        nextDueNs = Long.MAX_VALUE;
    }

    private void giveUp(int i) {
        dueNs[i] = NOT_MISSING;
        missing--;
        givenUp++;
        keyFrameNeeded = true;
    }

    private void advanceLowest() {
        while (lowestMissing <= highest && dueNs[(int) lowestMissing & MASK] == NOT_MISSING) {
            lowestMissing++;
        }
    }

    private void settle() {
        if (missing == 0) {
            nextDueNs = Long.MAX_VALUE;
        }
    }
}
