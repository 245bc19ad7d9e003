package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairBudgetTest {
    private static final long MS = 1_000_000L;
    private static final int BYTES = 1_000;

    private final RepairBudget budget = new RepairBudget();

    /// Repairs granted when one is asked for each millisecond.
    private int granted(long fromMs, long toMs, long capacityBps) {
        int granted = 0;
        for (long ms = fromMs; ms < toMs; ms++) {
            granted += budget.take(ms * MS, BYTES, capacityBps) ? 1 : 0;
        }
        return granted;
    }

    @Test
    void repairsTakeHalfOfTheWayHoweverMuchIsAskedFor() {
        granted(0, 1_000, 800_000);
        // Half of 800 kbit/s for ten seconds are 500 kB.
        assertThat(granted(1_000, 11_000, 800_000)).isBetween(495, 505);
    }

    @Test
    void aBurstOfLossesAfterAQuietTimeIsRepairedAtOnce() {
        granted(0, 1_000, 4_000_000);
        assertThat(budget.take(2_000 * MS, BYTES, 4_000_000)).isTrue();
        assertThat(granted(2_000, 2_001, 4_000_000)).isEqualTo(1);
        int burst = 0;
        while (budget.take(2_001 * MS, BYTES, 4_000_000)) {
            burst++;
        }
        assertThat(burst).isBetween(115, 125);
    }

    @Test
    void aNarrowWayMayRepairAFewPacketsToo() {
        int burst = 0;
        while (budget.take(0, BYTES, 50_000)) {
            burst++;
        }
        assertThat(burst).isEqualTo(12);
    }
}
