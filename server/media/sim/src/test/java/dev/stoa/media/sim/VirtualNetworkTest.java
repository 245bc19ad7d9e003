package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The network does what its settings say, and the same again with the same seed.
class VirtualNetworkTest {
    private static final Remote A = new Remote().setIpv4(1, 1);
    private static final Remote B = new Remote().setIpv4(2, 2);
    private static final int COUNT = 10_000;

    /// Sends numbered datagrams of 1,000 bytes, one each millisecond; returns `number * 2^32 + arrival in us`.
    private static List<Long> arrivals(long seed, LinkSettings settings) {
        Simulation simulation = new Simulation(seed);
        List<Long> arrivals = new ArrayList<>();
        simulation.network().attach(B, new SimNode() {
            @Override
            public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
                long number = buffer.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
                arrivals.add(number << 32 | (nowNs - 1_000_000_000L) / 1_000);
            }

            @Override
            public void handleTimeout(long nowNs) {}

            @Override
            public long nextTimeoutNs() {
                return Long.MAX_VALUE;
            }
        });
        simulation.network().link(A, B, settings);
        MemorySegment datagram = MemorySegment.ofArray(new byte[1_000]);
        for (int i = 0; i < COUNT; i++) {
            datagram.set(ValueLayout.JAVA_INT_UNALIGNED, 0, i);
            simulation.network().send(A, B, datagram, 0, 1_000);
            simulation.runMs(1);
        }
        simulation.runMs(10_000);
        return arrivals;
    }

    private static long outOfOrder(List<Long> arrivals) {
        long count = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            count += arrivals.get(i) >> 32 < arrivals.get(i - 1) >> 32 ? 1 : 0;
        }
        return count;
    }

    @Test
    void aCleanLinkOnlyDelays() {
        List<Long> arrivals = arrivals(1, LinkSettings.delay(7));
        assertThat(arrivals).hasSize(COUNT);
        assertThat(arrivals.get(100)).isEqualTo(100L << 32 | 107_000);
    }

    @Test
    void theSameSeedGivesTheSameNetwork() {
        LinkSettings rough = LinkSettings.delay(20).withLoss(0.1).withJitter(9).withReordering(0.05, 12);
        assertThat(arrivals(5, rough)).isEqualTo(arrivals(5, rough)).isNotEqualTo(arrivals(6, rough));
    }

    @Test
    void lossTakesItsShare() {
        assertThat(arrivals(2, LinkSettings.CLEAN.withLoss(0.05))).hasSizeBetween(9_400, 9_600);
    }

    @Test
    void burstsTakeNeighbours() {
        List<Long> arrivals = arrivals(3, LinkSettings.CLEAN.withBursts(0.01, 5));
        long holes = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            long hole = (arrivals.get(i) >> 32) - (arrivals.get(i - 1) >> 32) - 1;
            assertThat(hole % 5).isZero();
            holes += hole > 0 ? 1 : 0;
        }
        assertThat(holes).isBetween(60L, 140L);
    }

    @Test
    void reorderingHoldsBackAndJitterDoesNotReorder() {
        assertThat(outOfOrder(arrivals(4, LinkSettings.CLEAN.withReordering(0.1, 5))))
                .isBetween(700L, 1_100L);
        assertThat(outOfOrder(arrivals(4, LinkSettings.CLEAN.withJitter(30)))).isZero();
    }

    @Test
    void duplicatesArriveTwice() {
        assertThat(arrivals(5, LinkSettings.CLEAN.withDuplicates(0.1))).hasSizeBetween(10_800, 11_200);
    }

    @Test
    void aSlowLinkQueuesThenDrops() {
        List<Long> arrivals = arrivals(6, LinkSettings.delay(0).withRate(4_000_000, 10_000));
        assertThat((double) arrivals.size()).isCloseTo(COUNT / 2.0, within(20.0));
        long last = arrivals.getLast();
        long queuedUs = (last & 0xFFFF_FFFFL) - (last >> 32) * 1_000;
        assertThat(queuedUs).isBetween(16_000L, 22_000L);
    }
}
