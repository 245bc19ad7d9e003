package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The guide lists the metrics of the server as they are.
@Timeout(60)
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "guide", "metrics.md");
    private static final Path WANTED = Path.of("target", "metrics-table.md");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=");

    @TempDir
    Path data;

    private static List<String> table(List<String> scrape) {
        Map<String, String> help = new TreeMap<>();
        Map<String, String> type = new TreeMap<>();
        Map<String, String> labels = new TreeMap<>();
        for (String line : scrape) {
            Matcher helpLine = HELP.matcher(line);
            Matcher typeLine = TYPE.matcher(line);
            if (helpLine.matches()) {
                help.put(helpLine.group(1), helpLine.group(2));
            } else if (typeLine.matches()) {
                type.put(typeLine.group(1), typeLine.group(2));
            } else {
                String name = line.split("[{ ]", 2)[0];
                String series = line.substring(0, line.lastIndexOf(' '));
                String names = LABEL.matcher(series)
                        .results()
                        .map(found -> "`" + found.group(1) + "`")
                        .sorted()
                        .reduce((one, next) -> one + ", " + next)
                        .orElse("");
                labels.putIfAbsent(name, names);
            }
        }
        assertThat(help.keySet()).as("metrics with a help text").isEqualTo(type.keySet());
        assertThat(help.keySet()).containsAll(labels.keySet());
        return type.keySet().stream()
                .map(name -> "| `" + name + "` | " + type.get(name) + " | " + labels.getOrDefault(name, "") + " | "
                        + help.get(name) + " |")
                .toList();
    }

    @Test
    void theListOfTheGuideIsThatOfTheServer() throws Exception {
        List<String> wanted;
        try (TestServer server = new TestServer(data, Map.of())) {
            wanted = table(server.send("GET", "/metrics", null, null)
                    .raw()
                    .body()
                    .lines()
                    .toList());
        }
        Files.write(WANTED, wanted);
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .as("the table of docs/guide/metrics.md; what it should be is in server/it/target/metrics-table.md")
                .isEqualTo(wanted);
    }
}
