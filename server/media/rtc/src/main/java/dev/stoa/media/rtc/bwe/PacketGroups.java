package dev.stoa.media.rtc.bwe;

/// Joins packets sent together to groups and tells how much later than its predecessor each group was sent and arrived
/// (draft-ietf-rmcat-gcc-02 §5.2 and §5.3, pre-filtering included). Single packets say little: a frame leaves as a
/// burst, and links such as Wi-Fi deliver in bursts.
final class PacketGroups {
    /// Packets sent within this time are one group.
    private static final long GROUP_NS = 5_000_000;
    /// Packets that arrive closer than this and faster than sent were held up together.
    private static final long BURST_NS = 5_000_000;
    private static final long MAX_BURST_NS = 100_000_000;
    /// A change of delay beyond this is a clock that jumped or a stall, not a queue.
    private static final long MAX_JUMP_NS = 3_000_000_000L;
    private static final int MAX_DISORDER = 3;

    private boolean open;
    private long firstSentNs;
    private long lastSentNs;
    private long firstArrivalNs;
    private long lastArrivalNs;

    private boolean previous;
    private long previousSentNs;
    private long previousArrivalNs;
    private int disorder;

    private long sendDeltaNs;
    private long arrivalDeltaNs;
    private long arrivalNs;

    /// Takes one packet. True when a group ended by it and the deltas of that group are there.
    boolean add(long sentNs, long arrivalNs) {
        if (!open) {
            begin(sentNs, arrivalNs);
            return false;
        }
        if (sentNs < firstSentNs) {
            return false;
        }
        if (belongs(sentNs, arrivalNs)) {
            lastSentNs = Math.max(lastSentNs, sentNs);
            lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
            return false;
        }
        boolean complete = previous && compare();
        if (open) {
            previous = true;
            previousSentNs = lastSentNs;
            previousArrivalNs = lastArrivalNs;
        }
        begin(sentNs, arrivalNs);
        return complete;
    }

    private boolean belongs(long sentNs, long arrivalNs) {
        if (sentNs - firstSentNs <= GROUP_NS) {
            return true;
        }
        long apart = arrivalNs - lastArrivalNs;
        return apart <= BURST_NS && apart < sentNs - lastSentNs && arrivalNs - firstArrivalNs < MAX_BURST_NS;
    }

    private boolean compare() {
        sendDeltaNs = lastSentNs - previousSentNs;
        arrivalDeltaNs = lastArrivalNs - previousArrivalNs;
        arrivalNs = lastArrivalNs;
        if (Math.abs(arrivalDeltaNs - sendDeltaNs) > MAX_JUMP_NS) {
            reset();
            return false;
        }
        if (arrivalDeltaNs < 0) {
            if (++disorder >= MAX_DISORDER) {
                reset();
            }
            return false;
        }
        disorder = 0;
        return true;
    }

    private void begin(long sentNs, long arrivalNs) {
        open = true;
        firstSentNs = sentNs;
        lastSentNs = sentNs;
        firstArrivalNs = arrivalNs;
        lastArrivalNs = arrivalNs;
    }

    /// Forgets all groups: what comes is not comparable with what was.
    void reset() {
        open = false;
        previous = false;
        disorder = 0;
    }

    /// Between the last packets of the two groups.
    double sendDeltaMs() {
        return sendDeltaNs / 1e6;
    }

    double arrivalDeltaMs() {
        return arrivalDeltaNs / 1e6;
    }

    /// Arrival of the group on the receiver's clock.
    double arrivalMs() {
        return arrivalNs / 1e6;
    }
}
