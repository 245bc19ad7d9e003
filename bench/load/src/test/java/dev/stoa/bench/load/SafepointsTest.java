package dev.stoa.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafepointsTest {
    private static final String BEFORE = line(900_000_000);
    private static final String AFTER = line(1_000_000) + line(4_000_000);

    @TempDir
    Path directory;

    private static String line(long totalNs) {
        return "[83.963s] Safepoint \"ZMarkStartYoung\", Time since last: 23645431313 ns, Reaching safepoint: 4282417 ns,"
                + " At safepoint: 44309 ns, Leaving safepoint: 11444 ns, Total: " + totalNs
                + " ns, Threads: 1 runnable, 21 total\n";
    }

    @Test
    void pausesBetweenTwoMomentsAreCounted() throws Exception {
        Path log = directory.resolve("safepoints.log");
        Files.writeString(log, BEFORE + AFTER);

        Safepoints pauses = Safepoints.between(log, BEFORE.length(), Files.size(log));

        assertThat(pauses.count()).isEqualTo(2);
        assertThat(pauses.maxMs()).isEqualTo(4, within(0.001));
        assertThat(pauses.totalMs()).isEqualTo(5, within(0.001));
    }

    @Test
    void aServerThatDidNotPauseHasNoPauses() throws Exception {
        assertThat(Safepoints.between(directory.resolve("missing"), 0, 10).count())
                .isZero();
    }
}
