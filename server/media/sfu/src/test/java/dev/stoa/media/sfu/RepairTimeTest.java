package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairTimeTest {
    private static final long MS = 1_000_000;

    private final RepairTime time = new RepairTime();

    private void ask(long atMs, int... seqs) {
        time.onRequested(atMs * MS, seqs, seqs.length);
    }

    @Test
    void theFirstRepairSetsTheEstimate() {
        ask(0, 7, 8);
        time.onRepaired(40 * MS, 8);
        time.onRepaired(41 * MS, 7);
        assertThat(time.estimateNs()).isEqualTo(41 * MS);
    }

    @Test
    void aRepeatedRequestMeasuresNothing() {
        ask(0, 7);
        ask(100, 7);
        time.onRepaired(101 * MS, 7);
        assertThat(time.estimateNs()).isBetween(101 * MS, 120 * MS);
    }

    @Test
    void oneLostRepairHardlySlowsTheNext() {
        ask(0, 7);
        time.onRepaired(40 * MS, 7);
        ask(100, 9);
        ask(150, 9);
        assertThat(time.estimateNs()).isLessThan(50 * MS);
    }

    @Test
    void staysWithinBounds() {
        ask(0, 1);
        time.onRepaired(0, 1);
        assertThat(time.estimateNs()).isEqualTo(5 * MS);
        for (int i = 0; i < 200; i++) {
            ask(1_000 + i, 2);
        }
        assertThat(time.estimateNs()).isLessThanOrEqualTo(500 * MS);
    }
}
