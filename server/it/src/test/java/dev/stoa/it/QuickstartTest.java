package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.client.Participant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands of `docs/guide/api-quickstart.md` as they stand there.
@Timeout(120)
final class QuickstartTest {
    private static final Path GUIDE = Path.of("../../docs/guide/api-quickstart.md");
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path directory;

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /// One shell per block, with the variables and functions of those before; what it printed.
    private String run(TestServer server, String block) throws IOException, InterruptedException {
        Path state = directory.resolve("state");
        Path script = directory.resolve("script");
        Files.writeString(
                script,
                "set -euo pipefail\nSTATE=$1\n[ ! -f $STATE ] || . $STATE\n" + block
                        + "\nfor name in STOA TOKEN TEMPLATE ROOM CODE; do declare -p $name 2>/dev/null || true; done > $STATE\n"
                        + "declare -f >> $STATE\n");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), state.toString());
        builder.environment().putAll(Map.of("STOA", server.base(), "TOKEN", server.management()));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s\n%s", block, output).isZero();
        return output;
    }

    @Test
    void everyCommandOfTheQuickstartWorks() throws Exception {
        StringBuilder output = new StringBuilder();
        try (TestServer server = new TestServer(directory.resolve("data"), Map.of())) {
            for (String block : blocks()) {
                if (block.contains("/end-room")) {
                    output.append(withSomebodyInside(server, output.toString(), block));
                } else {
                    output.append(run(server, block));
                }
            }
        }
        assertThat(output.toString())
                .contains("\"template\": \"classroom\"")
                .contains("\"expires_at\"")
                .contains("\"message\": \"active session not found\"")
                .contains("\"name\": \"Asha\"")
                .contains("message sent", "session is ending")
                .contains("\"video\"")
                .containsPattern("(?m)^false$")
                .contains("\"code\": 403")
                .containsPattern("(?m)^true$")
                .containsPattern("(?m)^1$")
                .contains("room size less than 0");
    }

    private String withSomebodyInside(TestServer server, String before, String block) throws Exception {
        MatchResult link = Pattern.compile("/meeting/([a-z-]+)")
                .matcher(before)
                .results()
                .findFirst()
                .orElseThrow();
        try (Participant asha = server.enterByCode(link.group(1))) {
            asha.join("Asha");
            String output = run(server, block);
            assertThat(asha.signal().notices("on-broadcast"))
                    .anySatisfy(message ->
                            assertThat(message.at("/info/message").asString()).isEqualTo("Five minutes left"));
            return output;
        }
    }

    @Test
    void noBlockIsLeftOut() throws IOException {
        assertThat(Files.readString(GUIDE).split("(?m)^```$", -1)).hasSize(blocks().size() + 1);
        assertThat(blocks()).hasSizeGreaterThan(8);
    }
}
