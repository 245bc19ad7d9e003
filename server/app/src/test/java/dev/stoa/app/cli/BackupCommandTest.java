package dev.stoa.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.app.Domain;
import dev.stoa.app.settings.SettingsLoader;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./stoa backup` beside a server that has the database open, and what a restored copy holds.
final class BackupCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int backup(String... arguments) {
        PrintStream out = new PrintStream(new ByteArrayOutputStream());
        return StoaCommand.run(
                new Environment(Map.of(), prompt -> Optional.empty(), out, new PrintStream(err, true)), arguments);
    }

    private static Domain open(Path data) throws IOException {
        return Domain.open(SettingsLoader.load(null, Map.of(), Map.of("data", data.toString())));
    }

    private static Room make(Domain domain, String name) {
        return switch (domain.rooms().create(domain.workspace().id(), RoomChange.named(name, null))) {
            case Outcome.Done<Room>(Room room) -> room;
            case Outcome.Failed<Room>(var failure) -> throw new AssertionError(failure);
        };
    }

    @Test
    void aCopyMadeWhileTheDatabaseIsInUseCanBeRestored() throws IOException {
        Path data = folder.resolve("data");
        Path file = folder.resolve("backup.db");
        Room before;
        Room after;
        try (Domain domain = open(data)) {
            before = make(domain, "before");
            assertThat(backup("backup", "--data", data.toString(), file.toString()))
                    .isZero();
            after = make(domain, "after");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Path restored = Files.createDirectory(folder.resolve("restored"));
        Files.copy(file, restored.resolve("stoa.db"));
        try (Domain domain = open(restored)) {
            assertThat(domain.store().rooms().byId(before.id())).isPresent();
            assertThat(domain.store().rooms().byId(after.id())).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path data = folder.resolve("data");
        open(data).close();
        Path file = Files.writeString(folder.resolve("backup.db"), "precious");

        assertThat(backup("backup", "--data", data.toString(), file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
        assertThat(file).hasContent("precious");
    }

    @Test
    void withoutADatabaseAndForPostgresqlItSaysWhatToDo() {
        Path file = folder.resolve("backup.db");

        assertThat(backup("backup", "--data", folder.resolve("none").toString(), file.toString()))
                .isEqualTo(2);
        assertThat(backup("backup", "--store-url", "jdbc:postgresql://127.0.0.1/stoa", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--data").contains("pg_dump");
        assertThat(file).doesNotExist();
    }
}
