package dev.stoa.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `make soak`.
@Timeout(240)
final class SoakTest {
    private static final int CYCLES = 4;
    private static final int CYCLE_SECONDS = 6;
    private static final int JOINS_PER_SECOND = 4;
    private static final int WARM_AT = 1;

    /// Forty-eight guests after the warm sample: a leak of 170 kB each is found. `make soak` finds a fiftieth of that.
    private static final Soak.Limits LIMITS = new Soak.Limits(8e6, 4e6, 48e6, 5, 10);

    @TempDir
    Path directory;

    @Test
    void guestsWhoComeAndGoLeaveNothingBehind() throws Exception {
        assumeThat(Files.isDirectory(Path.of("/proc/self/fd"))).isTrue();
        try (Stage stage = Stage.open(launch(), directory, Soak.FLAGS)) {
            Soak soak = new Soak(stage, JOINS_PER_SECOND);
            for (int i = 0; i < CYCLES; i++) {
                System.out.println(soak.cycle(CYCLE_SECONDS).row());
            }

            assertThat(stage.crowd().failed()).as(stage.crowd().firstFailure()).isZero();
            assertThat(soak.grown(WARM_AT, LIMITS)).isEmpty();
        }
    }

    private static MeasuredServer.Launch launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stoa.app.Main");
        return new MeasuredServer.Launch(command, List.of(), "127.0.0.1", "JDK_JAVA_OPTIONS", Soak.JAVA_OPTIONS);
    }
}
