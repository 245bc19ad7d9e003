package dev.stoa.media.rtc.bwe;

/// How much arrives, in bits per second, from the bytes acknowledged and their arrival times.
///
/// Short windows follow quickly but jump with every frame, so each window's rate enters as a measurement whose
/// uncertainty grows with its distance from the estimate (a one-dimensional Kalman filter).
final class AckedRate {
    private static final long FIRST_WINDOW_NS = 500_000_000L;
    private static final long WINDOW_NS = 150_000_000L;
    /// Without arrivals for this long the next window begins anew.
    private static final long STALE_NS = 500_000_000L;

    private static final double UNCERTAINTY = 10;
    /// Added per window: how fast the truth moves.
    private static final double DRIFT = 5;

    /// Share of the estimate that a window differs beyond what frames of unequal size explain.
    private static final double ASTRAY = 0.2;

    private static final double FIRST_VARIANCE = 50;

    private long windowStartNs = -1;
    private long windowBytes;
    private long latestNs;
    private double kbps = -1;
    private int astray;
    private double astraySide;
    private double variance = FIRST_VARIANCE;

    void add(long arrivalNs, int bytes) {
        if (windowStartNs < 0 || arrivalNs - latestNs > STALE_NS || windowStartNs - arrivalNs > STALE_NS) {
            windowStartNs = arrivalNs;
            windowBytes = 0;
            latestNs = arrivalNs;
            return;
        }
        latestNs = Math.max(latestNs, arrivalNs);
        long elapsed = arrivalNs - windowStartNs;
        if (elapsed >= (kbps < 0 ? FIRST_WINDOW_NS : WINDOW_NS)) {
            measure(windowBytes * 8e6 / elapsed);
            windowStartNs = arrivalNs;
            windowBytes = 0;
        }
        windowBytes += bytes;
    }

    private void measure(double sampleKbps) {
        if (kbps < 0) {
            kbps = sampleKbps;
            return;
        }
        // Several windows astray to the same side are not noise.
        double side = Math.abs(sampleKbps - kbps) > ASTRAY * kbps ? Math.signum(sampleKbps - kbps) : 0;
        astray = side != 0 && side == astraySide ? astray + 1 : 0;
        astraySide = side;
        double deviation = UNCERTAINTY * Math.abs(kbps - sampleKbps) / Math.max(kbps, 1) / (1 + astray);
        double sampleVariance = Math.max(deviation * deviation, 1);
        double predicted = variance + DRIFT;
        kbps = (sampleVariance * kbps + predicted * sampleKbps) / (sampleVariance + predicted);
        variance = sampleVariance * predicted / (sampleVariance + predicted);
    }

    /// A probe has shown more than the window saw.
    void raise(long bps) {
        if (kbps >= 0 && bps / 1e3 > kbps) {
            kbps = bps / 1e3;
            variance = FIRST_VARIANCE;
        }
    }

    /// -1 while unknown.
    long bps() {
        return kbps < 0 ? -1 : (long) (kbps * 1000);
    }
}
