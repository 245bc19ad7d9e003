package dev.stoa.app.cli;

import dev.stoa.app.settings.BadSettingException;
import dev.stoa.app.settings.Settings;
import dev.stoa.store.SqliteStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Copies the embedded database; works beside a running server.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copy the embedded database to a file, consistently, while the server runs.")
final class BackupCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    @Parameters(paramLabel = "FILE", description = "Where to; must not exist yet.")
    private Path file = Path.of("");

    BackupCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings;
        try {
            settings = flags.settings(environment.variables());
        } catch (BadSettingException bad) {
            return refused(Objects.toString(bad.getMessage()));
        }
        if (settings.store().url() != null) {
            return refused("backup copies the embedded database only; for PostgreSQL use pg_dump or pg_basebackup");
        }
        if (!SqliteStore.exists(settings.data())) {
            return refused("there is no database in " + settings.data() + "; choose its directory with --data");
        }
        if (Files.exists(file)) {
            return refused(file + " exists already; backups are never written over");
        }
        copy(settings.data());
        environment.out().println("backed up " + settings.data() + " to " + file + " (" + Files.size(file) + " bytes)");
        return ExitCode.OK;
    }

    /// Under another name until it is complete: a copy that was broken off must not look like a backup.
    private void copy(Path data) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createFile(partial, ownerOnly());
        } catch (FileAlreadyExistsException running) {
            throw new IOException(
                    partial + " exists: another backup is running, or was broken off; delete it", running);
        }
        try {
            SqliteStore.copy(data, partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /// The database holds the app secret.
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private int refused(String message) {
        environment.err().println("stoa: " + message);
        return ExitCode.BAD_SETTINGS;
    }
}
