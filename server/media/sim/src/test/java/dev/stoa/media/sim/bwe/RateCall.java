package dev.stoa.media.sim.bwe;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.bwe.BandwidthEstimator;
import dev.stoa.media.rtc.bwe.BweSettings;
import dev.stoa.media.sim.LinkSettings;
import dev.stoa.media.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// One sender, one receiver and the link between them, in virtual time.
final class RateCall {
    static final BweSettings SETTINGS = new BweSettings(50_000, 300_000, 5_000_000);

    private static final Remote SENDER = new Remote().setIpv4(0x0A00_0001, 1000);
    private static final Remote RECEIVER = new Remote().setIpv4(0x0A00_0002, 1000);

    private final Simulation simulation;
    private final RateSender sender;
    private final RateReceiver receiver;
    private final List<Second> seconds = new ArrayList<>();
    private LinkSettings forward;

    /// @param estimateBps at the end of the second
    record Second(long estimateBps, long bps, double meanDelayMs, double maxDelayMs) {}

    RateCall(long seed, LinkSettings forward, LongUnaryOperator encoder, int audioBytes) {
        this.simulation = new Simulation(seed);
        this.forward = forward;
        this.sender = new RateSender(
                simulation.network(), SENDER, RECEIVER, SETTINGS, encoder, audioBytes, simulation.nowNs());
        this.receiver = new RateReceiver(simulation.network(), RECEIVER, SENDER);
        simulation.network().attach(SENDER, sender);
        simulation.network().attach(RECEIVER, receiver);
        simulation.add(sender);
        simulation.add(receiver);
        simulation.network().reshape(SENDER, RECEIVER, forward);
        simulation.network().reshape(RECEIVER, SENDER, LinkSettings.delay(25));
    }

    /// A link with 25 ms of delay and a queue of 300 ms, 15 kB at least.
    static LinkSettings link(long bps) {
        return LinkSettings.delay(25).withRate(bps, (int) Math.max(15_000, bps / 8 * 3 / 10));
    }

    /// Whatever the estimate, as an encoder does.
    static LongUnaryOperator follows() {
        return estimate -> estimate;
    }

    /// The highest step that fits, as a forwarder of simulcast does.
    static LongUnaryOperator steps(long... steps) {
        return estimate -> {
            long chosen = 0;
            for (long step : steps) {
                if (step <= estimate) {
                    chosen = step;
                }
            }
            return chosen;
        };
    }

    RateCall link(LinkSettings settings) {
        forward = settings;
        simulation.network().reshape(SENDER, RECEIVER, settings);
        return this;
    }

    LinkSettings link() {
        return forward;
    }

    /// Nothing gets through for a time, in either direction.
    RateCall stall(long ms) {
        LinkSettings before = forward;
        simulation.network().reshape(SENDER, RECEIVER, before.withLoss(1));
        simulation.network().reshape(RECEIVER, SENDER, LinkSettings.delay(25).withLoss(1));
        simulation.runMs(ms);
        simulation.network().reshape(SENDER, RECEIVER, before);
        simulation.network().reshape(RECEIVER, SENDER, LinkSettings.delay(25));
        return this;
    }

    RateCall run(int count) {
        for (int i = 0; i < count; i++) {
            simulation.runMs(1000);
            RateReceiver.Interval interval = receiver.take(1_000_000_000L);
            seconds.add(new Second(estimate(), interval.bps(), interval.meanDelayMs(), interval.maxDelayMs()));
        }
        return this;
    }

    long estimate() {
        return sender.estimator().targetBps();
    }

    BandwidthEstimator estimator() {
        return sender.estimator();
    }

    RateSender sender() {
        return sender;
    }

    List<Second> seconds() {
        return seconds;
    }

    /// The last `count` seconds.
    List<Second> last(int count) {
        return seconds.subList(Math.max(0, seconds.size() - count), seconds.size());
    }

    static double meanBps(List<Second> seconds) {
        return seconds.stream().mapToLong(Second::bps).average().orElse(0);
    }

    static double meanEstimate(List<Second> seconds) {
        return seconds.stream().mapToLong(Second::estimateBps).average().orElse(0);
    }

    static double meanDelayMs(List<Second> seconds) {
        return seconds.stream().mapToDouble(Second::meanDelayMs).average().orElse(0);
    }
}
