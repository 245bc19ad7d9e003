package dev.stoa.media.sim.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sim.LinkSettings;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole loop of estimate, pacer, link and feedback, each behaviour on 16 seeds.
class EstimateTest {
    private static final long JITTER_MS = 3;
    /// Delay of the empty link with its jitter.
    private static final double EMPTY_MS = 30;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 16);
    }

    private static LinkSettings link(long bps) {
        return RateCall.link(bps).withJitter(JITTER_MS);
    }

    private static RateCall call(long seed, long bps) {
        return new RateCall(seed, link(bps), RateCall.follows(), 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {300_000, 1_000_000, 2_500_000})
    void usesNineTenthsOfALinkWithoutAStandingQueue(long bps) {
        seeds().forEach(seed -> {
            List<RateCall.Second> seconds = call(seed, bps).run(30).last(20);
            assertThat(RateCall.meanBps(seconds) / bps).as("seed %d", seed).isBetween(0.9, 1.02);
            assertThat(RateCall.meanEstimate(seconds) / bps).as("seed %d", seed).isBetween(0.88, 1.05);
            // One packet of 1200 bytes takes 32 ms at 300 kbit/s.
            double packetMs = 9.6e6 / bps;
            assertThat(RateCall.meanDelayMs(seconds)).as("seed %d", seed).isLessThan(EMPTY_MS + 30 + packetMs);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reachesALinkOfTwoAndAHalfMegabitsWithinThreeSeconds(long seed) {
        assertThat(call(seed, 2_500_000).run(3).last(1).getFirst().estimateBps())
                .isGreaterThan(2_000_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void followsAStaircaseWithThreeQuartersOfItUsed(long seed) {
        long[] steps = {150, 500, 300, 150, 150, 200, 1200, 1500, 300, 300, 150, 150, 200, 200, 250, 250, 500, 500};
        RateCall call = new RateCall(seed, link(150_000), RateCall.follows(), 0);
        for (long kbps : steps) {
            call.link(link(kbps * 1000)).run(20);
            double use = RateCall.meanBps(call.last(20)) / kbps / 1000;
            assertThat(use).as("use of %d kbit/s", kbps).isGreaterThan(0.75);
            assertThat(RateCall.meanDelayMs(call.last(10)))
                    .as("delay at %d kbit/s", kbps)
                    .isLessThan(150);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tenPercentRandomLossDoesNotCollapseTheRate(long seed) {
        RateCall call = new RateCall(seed, link(2_500_000).withLoss(0.1), RateCall.follows(), 0).run(40);
        assertThat(RateCall.meanEstimate(call.last(30))).isGreaterThan(0.75 * 2_500_000);
        assertThat(call.estimator().inherentLoss()).isBetween(0.02, 0.2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isBackTwoSecondsAfterThirtyPercentLossEnds(long seed) {
        RateCall call = call(seed, 1_000_000).run(12);
        call.link(link(1_000_000).withLoss(0.3)).run(10);
        assertThat(call.estimate()).isGreaterThan(300_000);
        call.link(link(1_000_000)).run(3);
        assertThat(call.last(1).getFirst().estimateBps()).isGreaterThan(800_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsWhatItKnowsThroughStallsOfTwoSeconds(long seed) {
        RateCall call = call(seed, 1_000_000).run(10);
        for (int i = 0; i < 4; i++) {
            call.stall(2000).run(2);
            assertThat(call.estimate()).as("2 s after stall %d", i).isGreaterThan(700_000);
            call.run(6);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recoversToNineTenthsWithinTenSecondsAfterADip(long seed) {
        RateCall call = call(seed, 1_500_000).run(15);
        call.link(link(300_000)).run(15);
        assertThat(RateCall.meanDelayMs(call.last(10))).isLessThan(150);
        call.link(link(1_500_000)).run(10);
        long best = call.last(10).stream().mapToLong(RateCall.Second::bps).max().orElseThrow();
        assertThat(best).isGreaterThan(9 * 1_500_000 / 10);
    }

    /// A forwarder's layers are steps far apart; only probes can show that the next one fits.
    @ParameterizedTest
    @MethodSource("seeds")
    void recoversBetweenTheStepsOfSimulcastToo(long seed) {
        RateCall call = new RateCall(seed, link(2_000_000), RateCall.steps(150_000, 500_000, 1_500_000), 100).run(15);
        call.link(link(250_000)).run(15);
        assertThat(call.estimate()).isLessThan(300_000);
        call.link(link(2_000_000)).run(10);
        assertThat(call.last(1).getFirst().bps()).isGreaterThan(1_400_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSlowlyGrowingDelayIsNotTakenForAQueueForever(long seed) {
        RateCall call = call(seed, 1_000_000).run(10);
        for (int i = 1; i <= 20; i++) {
            LinkSettings longer = LinkSettings.delay(25 + 10L * i).withRate(1_000_000, 37_500);
            call.link(longer.withJitter(JITTER_MS)).run(1);
        }
        assertThat(RateCall.meanBps(call.last(20))).isGreaterThan(500_000);
        call.run(8);
        assertThat(call.last(3).stream()
                        .mapToLong(RateCall.Second::estimateBps)
                        .max()
                        .orElseThrow())
                .isGreaterThan(800_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesRoomForAudioThatDoesNotFollow(long seed) {
        RateCall call = new RateCall(seed, link(300_000), estimate -> Math.max(0, estimate - 64_000), 160).run(30);
        assertThat(RateCall.meanBps(call.last(20))).isBetween(255_000.0, 305_000.0);
        assertThat(RateCall.meanDelayMs(call.last(20))).isLessThan(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsLossLowWhereALinkDropsInPlaceOfQueueing(long seed) {
        LinkSettings policer = LinkSettings.delay(25).withRate(1_000_000, 3_000).withJitter(JITTER_MS);
        RateCall call = new RateCall(seed, policer, RateCall.follows(), 0).run(40);
        assertThat(RateCall.meanEstimate(call.last(20))).isBetween(850_000.0, 1_120_000.0);
    }

    @Test
    void doesNotProbeForMoreThanIsWished() {
        RateCall call = new RateCall(1, link(2_500_000), RateCall.steps(150_000), 0);
        call.estimator().wish(400_000);
        call.run(20);
        assertThat(call.estimate()).isBetween(380_000L, 460_000L);
        assertThat(call.sender().padded()).isLessThan(10_000);
    }
}
