package dev.stoa.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SoakLimitsTest {
    private static final Soak.Limits LIMITS = new Soak.Limits(8e6, 4e6, 48e6, 5, 10);
    private static final Soak.Sample WARM = new Soak.Sample(10, 30e6, 15e6, 400e6, 20, 100);

    @Test
    void whatStaysWithinItsLimitHasNotGrown() {
        Soak.Sample last = new Soak.Sample(90, 37e6, 18e6, 440e6, 25, 110);

        assertThat(Soak.grown(WARM, last, LIMITS)).isEmpty();
    }

    @Test
    void everyKindOfLeakIsNamed() {
        Soak.Sample last = new Soak.Sample(90, 39e6, 20e6, 450e6, 26, 111);

        assertThat(Soak.grown(WARM, last, LIMITS))
                .extracting(what -> what.substring(0, what.indexOf(" grew")))
                .containsExactly("heap MB", "native MB", "resident MB", "threads", "files");
    }
}
