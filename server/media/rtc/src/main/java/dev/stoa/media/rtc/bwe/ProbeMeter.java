package dev.stoa.media.rtc.bwe;

/// Measures one probe: the packets sent under its number, as fast as they left and as fast as they arrived.
final class ProbeMeter {
    static final long NO_RESULT = -1;

    private static final double MIN_SHARE = 0.8;
    private static final int MIN_PACKETS = 4;
    /// Arriving this much faster than sent is held-up packets let go, not capacity.
    private static final double MAX_GAIN = 2;
    /// Arriving at less than this share of the sending rate shows the link's limit.
    private static final double SATURATED_BELOW = 0.9;
    /// Used of a limit that was measured, so that the queue of the probe drains.
    private static final double USED_OF_LIMIT = 0.95;

    private static final long MIN_SPAN_NS = 1_000_000L;

    private int probe;
    private int sent;
    private long sentBytes;
    private int arrived;
    private long arrivedBytes;
    private long firstSentNs;
    private long lastSentNs;
    private int lastSentBytes;
    private long firstArrivalNs;
    private long lastArrivalNs;
    private int firstArrivalBytes;

    /// Begins to count packets of this number; those of earlier probes are ignored from now on.
    void begin(int probe) {
        this.probe = probe;
        sent = 0;
        sentBytes = 0;
        arrived = 0;
        arrivedBytes = 0;
    }

    void onSent(int probe, int bytes) {
        if (probe == this.probe) {
            sent++;
            sentBytes += bytes;
        }
    }

    void onArrival(int probe, long sentNs, long arrivalNs, int bytes) {
        if (probe != this.probe) {
            return;
        }
        if (arrived == 0 || sentNs < firstSentNs) {
            firstSentNs = sentNs;
        }
        if (arrived == 0 || sentNs >= lastSentNs) {
            lastSentNs = sentNs;
            lastSentBytes = bytes;
        }
        if (arrived == 0 || arrivalNs < firstArrivalNs) {
            firstArrivalNs = arrivalNs;
            firstArrivalBytes = bytes;
        }
        if (arrived == 0 || arrivalNs > lastArrivalNs) {
            lastArrivalNs = arrivalNs;
        }
        arrived++;
        arrivedBytes += bytes;
    }

    /// Bits per second the probe showed, once enough of it arrived; [#NO_RESULT] before.
    ///
    /// @param plannedBytes what the probe is made of
    long result(int plannedBytes) {
        if (sentBytes < plannedBytes
                || arrived < MIN_PACKETS
                || arrived < MIN_SHARE * sent
                || arrivedBytes < MIN_SHARE * sentBytes) {
            return NO_RESULT;
        }
        long sendSpan = lastSentNs - firstSentNs;
        long arrivalSpan = lastArrivalNs - firstArrivalNs;
        if (sendSpan < MIN_SPAN_NS || arrivalSpan < MIN_SPAN_NS) {
            return NO_RESULT;
        }
        double sendBps = (arrivedBytes - lastSentBytes) * 8e9 / sendSpan;
        double arrivalBps = (arrivedBytes - firstArrivalBytes) * 8e9 / arrivalSpan;
        if (arrivalBps > MAX_GAIN * sendBps) {
            return NO_RESULT;
        }
        return (long)
                (arrivalBps < SATURATED_BELOW * sendBps ? USED_OF_LIMIT * arrivalBps : Math.min(sendBps, arrivalBps));
    }
}
