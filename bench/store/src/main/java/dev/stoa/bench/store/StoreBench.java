package dev.stoa.bench.store;

import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.store.PostgresSettings;
import dev.stoa.store.PostgresStore;
import dev.stoa.store.SqliteStore;
import dev.stoa.store.Store;
import dev.stoa.store.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Fills both databases with sessions and says how long each list takes. The table goes to standard output; the
/// status is 1 when a list is slower than it may be.
public final class StoreBench {
    private static final double MOST_P95_MS = 20;

    private final Filling filling;

    private StoreBench(Filling filling) {
        this.filling = filling;
    }

    public static void main(String[] arguments) throws Exception {
        StoreBench bench = new StoreBench(new Filling(Integer.parseInt(arguments[0])));
        Map<String, Lists.Times> sqlite = bench.sqlite();
        Map<String, Lists.Times> postgres = bench.postgres();
        System.exit(bench.print(sqlite, postgres) ? 0 : 1);
    }

    private Map<String, Lists.Times> sqlite() throws IOException, SQLException {
        Path directory = Files.createTempDirectory("stoa-bench-store");
        try (SqliteStore store = SqliteStore.open(directory)) {
            prepare(store);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("stoa.db"));
                    Statement statement = connection.createStatement()) {
                // Filling is not what is measured, and the file lives for minutes.
                statement.execute("PRAGMA synchronous = OFF");
                fill("SQLite", connection);
            }
            return new Lists(filling, store.sessions()).measure();
        } finally {
            delete(directory);
        }
    }

    private Map<String, Lists.Times> postgres() throws SQLException {
        try (TestPostgres server = TestPostgres.start()) {
            PostgresSettings settings = server.newDatabase();
            try (PostgresStore store = PostgresStore.open(settings)) {
                prepare(store);
                try (Connection connection = DriverManager.getConnection(
                                settings.url() + "&reWriteBatchedInserts=true", settings.user(), "");
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET synchronous_commit = off");
                    fill("PostgreSQL", connection);
                    // What autovacuum, which this server runs without, does in its time.
                    statement.execute("VACUUM ANALYZE");
                }
                return new Lists(filling, store.sessions()).measure();
            }
        }
    }

    private static void prepare(Store store) {
        store.workspaces().save(new Workspace(Filling.WORKSPACE, "6601f0a1c2d3e4f5a6b70002", "key", "secret"));
        for (int i = 0; i < Filling.ROOMS; i++) {
            store.rooms()
                    .save(new Room(
                            Filling.roomId(i),
                            Filling.WORKSPACE,
                            "room-" + i,
                            "",
                            true,
                            "6601f0a1c2d3e4f5a6b70003",
                            "auto",
                            false,
                            null,
                            null,
                            null,
                            null,
                            List.of(),
                            Filling.FIRST,
                            Filling.FIRST));
        }
    }

    private void fill(String name, Connection connection) throws SQLException {
        long start = System.nanoTime();
        long rows = filling.write(connection);
        System.err.printf(Locale.ROOT, "%s: %,d rows in %.0f s%n", name, rows, (System.nanoTime() - start) / 1e9);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// @return whether every list is as fast as it has to be
    private boolean print(Map<String, Lists.Times> sqlite, Map<String, Lists.Times> postgres) {
        System.out.printf(
                Locale.ROOT,
                """
                %,d sessions of one workspace in %,d rooms (a tenth of them in one), stays of %d peers in every tenth, %d
                running. Each query reads a page of 100 sessions and their peers, 200 times after 50 to warm up, with other
                rooms, times and cursors each time. Milliseconds; p95 may be %.0f.

                | `/v2/sessions` | SQLite p50 | p95 | PostgreSQL p50 | p95 | |
                |---|---|---|---|---|---|
                """,
                filling.sessions(),
                Filling.ROOMS,
                Filling.PEERS_OF_A_SESSION,
                Filling.RUNNING,
                MOST_P95_MS);
        boolean fast = true;
        for (Map.Entry<String, Lists.Times> query : sqlite.entrySet()) {
            Lists.Times one = query.getValue();
            Lists.Times other = Objects.requireNonNull(postgres.get(query.getKey()));
            boolean good = one.p95() < MOST_P95_MS && other.p95() < MOST_P95_MS;
            fast &= good;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %s |%n",
                    query.getKey(),
                    one.p50(),
                    one.p95(),
                    other.p50(),
                    other.p95(),
                    good ? "" : "too slow");
        }
        return fast;
    }
}
