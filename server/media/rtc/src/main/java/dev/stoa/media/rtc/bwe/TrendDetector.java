package dev.stoa.media.rtc.bwe;

/// Tells from the changes of one-way delay whether a queue grows: the slope of the smoothed delay over the last groups,
/// by least squares, against a threshold that follows the noise of the path (draft-ietf-rmcat-gcc-02 §5.4; trendline in
/// place of its Kalman filter, because it needs no model of the noise and recovers at once from a change of route).
final class TrendDetector {
    /// Groups looked at. More: calmer and slower.
    private static final int WINDOW = 20;

    private static final double SMOOTHING = 0.9;
    /// Slope times count becomes comparable with the draft's milliseconds of delay gradient.
    private static final double GAIN = 4;
    private static final int MAX_GAIN_COUNT = 60;
    /// A rise has to last this long, in ms of sending.
    private static final double RISE_MS = 10;

    private static final double FIRST_THRESHOLD = 12.5;
    private static final double MIN_THRESHOLD = 6;
    private static final double MAX_THRESHOLD = 600;
    private static final double THRESHOLD_UP = 0.0087;
    private static final double THRESHOLD_DOWN = 0.039;
    /// Spikes further out than this do not move the threshold.
    private static final double THRESHOLD_SPIKE = 15;

    private static final double MAX_THRESHOLD_STEP_MS = 100;

    private final double[] times = new double[WINDOW];
    private final double[] delays = new double[WINDOW];
    private int points;
    private int groups;
    private double originMs;
    private double delayMs;
    private double smoothedMs;
    private double threshold = FIRST_THRESHOLD;
    private double lastTrend;
    private double risingMs = -1;
    private int risingGroups;
    private double lastArrivalMs;
    private DelayTrend state = DelayTrend.STEADY;

    /// Takes the deltas of one group.
    void add(double sendDeltaMs, double arrivalDeltaMs, double arrivalMs) {
        if (groups == 0) {
            originMs = arrivalMs;
            lastArrivalMs = arrivalMs;
        }
        groups = Math.min(groups + 1, 1000);
        delayMs += arrivalDeltaMs - sendDeltaMs;
        smoothedMs = SMOOTHING * smoothedMs + (1 - SMOOTHING) * delayMs;
        int at = points++ % WINDOW;
        times[at] = arrivalMs - originMs;
        delays[at] = smoothedMs;
        double trend = points < WINDOW ? 0 : slope();
        detect(trend, sendDeltaMs);
        adapt(trend, arrivalMs);
        lastTrend = trend;
    }

    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += times[i];
            meanDelay += delays[i];
        }
        meanTime /= WINDOW;
        meanDelay /= WINDOW;
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < WINDOW; i++) {
            double apart = times[i] - meanTime;
            covariance += apart * (delays[i] - meanDelay);
            variance += apart * apart;
        }
        return variance > 1e-6 ? covariance / variance : 0;
    }

    private double scaled(double trend) {
        return Math.min(groups, MAX_GAIN_COUNT) * trend * GAIN;
    }

    private void detect(double trend, double sendDeltaMs) {
        double value = scaled(trend);
        if (value > threshold) {
            // How long the rise began before this group is unknown: half the gap is a fair guess.
            risingMs = risingMs < 0 ? sendDeltaMs / 2 : risingMs + sendDeltaMs;
            risingGroups++;
            if (risingMs > RISE_MS && risingGroups > 1 && trend >= lastTrend) {
                risingMs = 0;
                risingGroups = 0;
                state = DelayTrend.RISING;
            }
            return;
        }
        risingMs = -1;
        risingGroups = 0;
        state = value < -threshold ? DelayTrend.FALLING : DelayTrend.STEADY;
    }

    private void adapt(double trend, double arrivalMs) {
        double value = Math.abs(scaled(trend));
        double elapsed = Math.clamp(arrivalMs - lastArrivalMs, 0, MAX_THRESHOLD_STEP_MS);
        lastArrivalMs = arrivalMs;
        if (value <= threshold + THRESHOLD_SPIKE) {
            double speed = value < threshold ? THRESHOLD_DOWN : THRESHOLD_UP;
            threshold = Math.clamp(threshold + speed * (value - threshold) * elapsed, MIN_THRESHOLD, MAX_THRESHOLD);
        }
    }

    DelayTrend state() {
        return state;
    }

    /// Forgets the path but not its noise.
    void reset() {
        points = 0;
        groups = 0;
        delayMs = 0;
        smoothedMs = 0;
        lastTrend = 0;
        risingMs = -1;
        risingGroups = 0;
        state = DelayTrend.STEADY;
    }
}
