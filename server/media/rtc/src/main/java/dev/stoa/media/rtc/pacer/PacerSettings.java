package dev.stoa.media.rtc.pacer;

/// How a transport's packets are spread.
///
/// @param factor sending rate over estimate, 1 to 10. Higher: frames arrive sooner, queues on the way grow longer
/// @param burstNs how much time's worth leaves at once, at most 5 ms. Higher: longer trains and fewer system calls,
///     burstier arrival
/// @param drainNs a queue that would take longer is sent faster than `factor` allows
/// @param maxQueueNs a video packet that waited so long is dropped with its stream's others: what follows a gap is
/// worth
///     nothing before the next key frame
/// @param maxPackets deferred packets of one class at most, a power of two
public record PacerSettings(double factor, long burstNs, long drainNs, long maxQueueNs, int maxPackets) {
    public static final PacerSettings DEFAULT =
            new PacerSettings(1.05, 5_000_000L, 1_000_000_000L, 1_500_000_000L, 1024);

    public PacerSettings {
        if (factor < 1 || factor > 10 || burstNs < 0 || burstNs > 5_000_000L || Integer.bitCount(maxPackets) != 1) {
            throw new IllegalArgumentException("pacer settings out of range");
        }
    }
}
