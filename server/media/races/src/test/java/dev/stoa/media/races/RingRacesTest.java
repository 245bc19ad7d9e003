package dev.stoa.media.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the races of this module in a JVM of their own, in jcstress' short way.
@Timeout(120)
class RingRacesTest {
    private static final int MOST_SECONDS = 100;

    @TempDir
    Path results;

    @Test
    void noForbiddenOutcome() throws IOException, InterruptedException {
        File log = results.resolve("log.txt").toFile();
        Process races = new ProcessBuilder(command())
                .directory(results.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(races.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
        } finally {
            races.destroyForcibly();
        }
        assertThat(log).content().contains("3 planned; 3 passed, 0 failed, 0 soft errs, 0 hard errs");
        assertThat(races.exitValue()).as("%s", log).isZero();
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-t",
                "dev.stoa.media.races",
                "-f",
                "1",
                "-fsm",
                "1",
                "-iters",
                "2",
                "-time",
                "500",
                "-sc",
                "false",
                "-af",
                "NONE",
                "-jvmArgs",
                "-XX:+UseCompactObjectHeaders",
                "-r",
                "results");
    }
}
