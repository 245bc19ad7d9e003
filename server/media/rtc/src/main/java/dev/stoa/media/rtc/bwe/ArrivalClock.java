package dev.stoa.media.rtc.bwe;

import dev.stoa.media.wire.rtcp.TransportCc;

/// Widens the receiver's clock, whose reference time wraps every 2^24 * 64 ms, to nanoseconds from any start.
final class ArrivalClock {
    private boolean started;
    private int lastReference;
    private long reference;

    /// Takes the reference time of one feedback message.
    void onFeedback(TransportCc feedback) {
        int now = feedback.referenceTime();
        if (started) {
            reference += (now - lastReference) << 8 >> 8;
        }
        started = true;
        lastReference = now;
    }

    /// Arrival of the packet the feedback stands on.
    long arrivalNs(TransportCc feedback) {
        long sinceReferenceUs = feedback.arrivalUs() - (long) lastReference * TransportCc.REFERENCE_US;
        return (reference * TransportCc.REFERENCE_US + sinceReferenceUs) * 1000;
    }
}
