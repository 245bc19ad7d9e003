package dev.stoa.media.rtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BandwidthEstimatorTest {
    private static final BweSettings SETTINGS = new BweSettings(50_000, 300_000, 2_000_000);

    private final Path path = new Path(SETTINGS);

    @Test
    void beginsWithTheSettings() {
        assertThat(path.estimator.targetBps()).isEqualTo(300_000);
        assertThat(path.estimator.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(path.estimator.pollProbe(0)).isFalse();
    }

    @Test
    void growsWhileEverythingArrivesInTime() {
        for (int i = 0; i < 100; i++) {
            path.round(path.estimator.targetBps(), 1000, 0);
        }
        assertThat(path.estimator.targetBps()).isGreaterThan(550_000);
        assertThat(path.estimator.limit()).isEqualTo(EstimateLimit.DELAY);
        assertThat(path.estimator.rttNs()).isBetween(Path.RTT_NS, 2 * Path.RTT_NS);
    }

    @Test
    void doesNotGrowByItselfWhileLittleIsSent() {
        for (int i = 0; i < 100; i++) {
            path.round(60_000, 150, 0);
        }
        assertThat(path.estimator.isApplicationLimited()).isTrue();
        assertThat(path.estimator.targetBps()).isLessThan(400_000);
    }

    @Test
    void learnsLossThatDoesNotFallWithTheRate() {
        for (int i = 0; i < 100; i++) {
            path.round(path.estimator.targetBps(), 300, 8);
        }
        assertThat(path.estimator.inherentLoss()).isBetween(0.1, 0.15);
        assertThat(path.estimator.targetBps()).isGreaterThan(400_000);
    }

    @Test
    void lossBeforeItIsKnownWhatThePathCarriesIsNoLimit() {
        for (int i = 0; i < 4; i++) {
            path.round(1_500_000, 1000, 5);
        }
        assertThat(path.estimator.loss()).isGreaterThan(0.15);
        assertThat(path.estimator.hasMetLimit()).isFalse();
    }

    @Test
    void lossThatGoesOnIsOneOnceThatIsKnown() {
        for (int i = 0; i < 12; i++) {
            path.round(1_500_000, 1000, 5);
        }
        assertThat(path.estimator.hasMetLimit()).isTrue();
    }

    @Test
    void lossOfAFlowThatHasJustBegunIsNotJudgedByWhatWasCarriedBefore() {
        for (int i = 0; i < 10; i++) {
            path.round(100_000, 150, 0);
        }
        for (int i = 0; i < 3; i++) {
            path.round(1_500_000, 1000, 2);
        }
        for (int i = 0; i < 4; i++) {
            path.round(1_500_000, 1000, 0);
        }
        assertThat(path.estimator.hasMetLimit()).isTrue();
        assertThat(path.estimator.capacityBps()).isGreaterThanOrEqualTo(300_000);
    }

    @Test
    void whatArrivedUnpacedIsTakenForProven() {
        for (int i = 0; i < 4; i++) {
            path.round(1_500_000, 1000, 0);
        }
        path.estimator.takeForProven(path.nowNs);
        assertThat(path.estimator.capacityBps()).isLessThan(600_000);
        for (int i = 0; i < 4; i++) {
            path.round(1_500_000, 1000, 0);
        }
        path.estimator.takeForProven(path.nowNs);
        assertThat(path.estimator.capacityBps()).isBetween(1_200_000L, 1_500_000L);
    }

    @Test
    void silenceLowersTheRateAndAnAnswerRestoresIt() {
        for (int i = 0; i < 30; i++) {
            path.round(path.estimator.targetBps(), 1000, 0);
        }
        long before = path.estimator.targetBps();
        for (int i = 0; i < 9; i++) {
            path.silence(before);
        }
        assertThat(path.estimator.targetBps()).isEqualTo(before);
        for (int i = 0; i < 11; i++) {
            path.silence(before);
        }
        assertThat(path.estimator.targetBps()).isLessThan(before * 3 / 4);
        assertThat(path.estimator.limit()).isEqualTo(EstimateLimit.SILENCE);
        assertThat(path.estimator.pollProbe(path.nowNs)).isFalse();
        path.round(before / 2, 1000, 0);
        assertThat(path.estimator.targetBps()).isGreaterThanOrEqualTo(before * 9 / 10);
        assertThat(path.estimator.pollProbe(path.nowNs + Path.RTT_NS)).isTrue();
    }

    @Test
    void theLastPacketOfAPauseMayBeLostWithoutMeaningAnything() {
        path.round(300_000, 1000, 0);
        path.estimator.onSent(path.nowNs, 100_000, 100, 0);
        assertThat(path.estimator.targetBps()).isGreaterThanOrEqualTo(300_000);
        path.estimator.handleTimeout(path.nowNs + 60_000_000_000L);
        assertThat(path.estimator.limit()).isNotEqualTo(EstimateLimit.SILENCE);
    }

    /// draft-alvestrand-rmcat-remb-03.
    @Test
    void rembCountsOnlyWithoutTransportFeedback() {
        path.estimator.onRemb(120_000);
        assertThat(path.estimator.targetBps()).isEqualTo(120_000);
        assertThat(path.estimator.limit()).isEqualTo(EstimateLimit.REMB);
        path.estimator.onRemb(Long.MAX_VALUE - 1);
        assertThat(path.estimator.targetBps()).isEqualTo(2_000_000);
        path.estimator.onRemb(0);
        assertThat(path.estimator.targetBps()).isEqualTo(50_000);
        path.round(300_000, 1000, 0);
        assertThat(path.estimator.targetBps()).isGreaterThanOrEqualTo(300_000);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new BweSettings(100, 300_000, 1_000_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BweSettings(50_000, 20_000, 30_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BweSettings(50_000, 60_000, 55_000)).isInstanceOf(IllegalArgumentException.class);
    }

    /// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1: the header is right, all else is the attacker's.
    @Property(tries = 300)
    void anyFeedbackLeavesItStandingAndInRange(
            @ForAll @Size(min = 16, max = 240) byte[] body, @ForAll long seed, @ForAll @IntRange(max = 300) int flow) {
        Path hostile = new Path(SETTINGS);
        SplittableRandom random = new SplittableRandom(seed);
        int length = 4 + body.length / 4 * 4;
        MemorySegment message = MemorySegment.ofArray(new byte[length]);
        MemorySegment.copy(MemorySegment.ofArray(body), 0, message, 4, length - 4);
        Wire.put8(message, 0, 0x8F);
        Wire.put8(message, 1, 205);
        Wire.put16(message, 2, length / 4 - 1);
        for (int i = 0; i < 40; i++) {
            hostile.round(flow * 10_000L + 50_000, 800, random.nextInt(4));
            Wire.put16(message, 12, 100 + random.nextInt(400));
            Wire.put16(message, 14, random.nextInt(200));
            Wire.put32(message, 16, random.nextInt());
            long atNs = hostile.nowNs + random.nextLong(-500_000_000, 500_000_000);
            hostile.answer(atNs, message, length);
            hostile.estimator.onRemb(random.nextLong());
            hostile.estimator.onRtt(random.nextLong());
            hostile.estimator.handleTimeout(hostile.nowNs + random.nextLong(3_000_000_000L));
            hostile.estimator.pollProbe(hostile.nowNs);
            assertThat(hostile.estimator.targetBps()).isBetween(50_000L, 2_000_000L);
            assertThat(hostile.estimator.inherentLoss()).isBetween(0.0, 0.4);
        }
    }

    @Test
    void allocatesNothingPerPacket() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 2000; i++) {
            path.round(1_000_000, 1000, i % 7);
        }
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 8000; i++) {
            path.round(1_000_000, 1000, i % 7);
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
