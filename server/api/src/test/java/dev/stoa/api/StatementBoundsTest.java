package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.store.CountedStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No operation of the contract asks the database again for each entry of what it reads or writes: each is called once
/// over a store with many of everything, from the table in `statement-bounds.txt`.
final class StatementBoundsTest {
    /// Most statements by kind of operation, with those that check the token (1) and write the audit log (1). Higher:
    /// an
    /// operation may grow unseen. They are far below [FilledStore#MANY].
    private static final Map<String, Integer> MOST = Map.of("none", 2, "get", 4, "list", 4, "create", 7, "change", 7);

    @TempDir
    private Path directory;

    /// @param path with a query, if need be
    private record Row(String kind, String method, String path, String body) {
        static Row of(String line) {
            String[] parts = line.split(" ", 4);
            return new Row(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
        }

        String operation() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }
    }

    private static List<Row> table() throws IOException {
        try (InputStream in = StatementBoundsTest.class.getResourceAsStream("statement-bounds.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    @Test
    void theTableHasEveryOperationOnce() throws IOException {
        assertThat(table()).extracting(Row::operation).containsExactlyInAnyOrderElementsOf(new Contract().operations());
    }

    @Test
    void noOperationCostsMoreThanItsKindMay() throws IOException {
        CountedStore counted = new CountedStore(directory);
        ApiServer.WebhooksPlace place =
                (store, ids, time) -> TestWebhooks.within(store, counted.webhooks(), counted.journal(), ids, time);
        try (ApiServer api =
                new ApiServer(new ApiSettings(100_000, 100_000), counted.repositories(), place, counted::count)) {
            FilledStore filled = new FilledStore(api);
            List<String> wrong = new ArrayList<>();
            Map<String, Integer> found = new TreeMap<>();
            for (Row row : table()) {
                counted.statements();
                int status = filled.call(
                        row.method().toUpperCase(Locale.ROOT), filled.path(row.path()), filled.body(row.body()));
                int statements = counted.statements();
                found.put(row.operation(), statements);
                if (statements > MOST.get(row.kind())) {
                    wrong.add(row.operation() + ": " + statements + " statements");
                }
                if (status >= 300 && !(row.kind().equals("none") && status == 501)) {
                    wrong.add(row.operation() + ": answered " + status);
                }
            }
            assertThat(wrong).as("of %s", found).isEmpty();
            assertThat(found.values()).as("statements are counted").anyMatch(statements -> statements > 3);
        }
    }
}
