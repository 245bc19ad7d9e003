package dev.stoa.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of its own, on a free port of the loopback address and with a temporary data directory,
/// run as an unprivileged user (`initdb` refuses root). It loses nothing when killed: tests of durability use it,
/// too.
public final class TestPostgres implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final String SUPERUSER = "postgres";

    private static @Nullable TestPostgres shared;

    private final Path programs = programs();
    private final Path directory;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Process process;

    private TestPostgres(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = freePort();
        run(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data(),
                "--username=" + SUPERUSER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        this.process = launch();
        awaitReady();
    }

    /// One server for all tests of a process; it ends with the process.
    public static synchronized TestPostgres shared() {
        TestPostgres running = shared;
        if (running == null) {
            TestPostgres started = start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
            return started;
        }
        return running;
    }

    /// A server for one test, which may do to it what it likes.
    public static TestPostgres start() {
        try {
            Path directory = Files.createTempDirectory("stoa-postgres");
            giveAway(directory);
            return new TestPostgres(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(TestPostgres::missing);
        } catch (IOException none) {
            throw missing();
        }
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("PostgreSQL is not installed; `make test` does that, and so does: "
                + "scripts/packages.sh 'file:/usr/lib/postgresql/*/bin/initdb=postgresql'");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void giveAway(Path directory) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }

    private ProcessBuilder command(String... command) {
        List<String> full = new ArrayList<>();
        if (isRoot()) {
            full.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        full.addAll(List.of(command));
        return new ProcessBuilder(full)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
    }

    private void run(String... command) throws IOException, InterruptedException {
        if (command(command).start().waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed: " + Files.readString(directory.resolve("log")));
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Process launch() throws IOException {
        return command(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "autovacuum=off")
                .start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "PostgreSQL did not start: " + Files.readString(directory.resolve("log")), notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), SUPERUSER, "");
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /// A schema nobody else uses, empty. To the store it is a database; a real one takes twenty times as long to make
    /// and to delete.
    public PostgresSettings newDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return settings(name);
    }

    private PostgresSettings settings(String schema) {
        return new PostgresSettings(url() + "?currentSchema=" + schema, SUPERUSER, null, 4, Duration.ofSeconds(2));
    }

    /// Ends the server as a crash would: nothing is written any more, connections break.
    public void kill() throws InterruptedException {
        signal("QUIT");
        process.waitFor();
    }

    /// Starts a killed server again, on the same port and data.
    public void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    /// To the server itself, whose id stands in the first line of its lock file: `runuser` is its parent.
    private void signal(String name) throws InterruptedException {
        try (Stream<String> lock = Files.lines(data().resolve("postmaster.pid"))) {
            new ProcessBuilder("kill", "-" + name, lock.findFirst().orElseThrow())
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                signal("QUIT");
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
            deleteAll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteAll() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
