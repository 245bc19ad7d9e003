package dev.stoa.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The embedded database: one SQLite file in the data directory. Thread-safe.
///
/// Write-ahead log with `synchronous=FULL`: a call that returned has its row on the disk, so neither a killed
/// process nor a power cut loses it. `NORMAL` would save one fsync per write and survive a killed process just as
/// well, but a caller's backend would remember rooms that a power cut made this server forget.
public final class SqliteStore extends Store {
    static final String FILE = "stoa.db";

    /// Readers do not wait for the writer in WAL mode; more connections than cores gain nothing.
    private static final int CONNECTIONS = 4;

    private static final int BUSY_TIMEOUT_MS = 5_000;

    /// SQLite's own limit of the size of a database, in pages.
    static final int UNLIMITED = 0;

    private SqliteStore(HikariDataSource pool, SecretBox secrets) {
        super(pool, secrets);
    }

    /// Opens the database of a data directory, makes both when missing, and brings the schema up to date.
    ///
    /// @throws IOException the directory cannot be made
    public static SqliteStore open(Path dataDir) throws IOException {
        return open(dataDir, SecretBox.plain());
    }

    /// @throws IOException the directory cannot be made
    /// @throws SecretsKeyException what is in the database was sealed with another key
    public static SqliteStore open(Path dataDir, SecretBox secrets) throws IOException {
        return open(dataDir, UNLIMITED, secrets);
    }

    /// @param maxPages most pages of 4 KiB the file may have; then it counts as full
    static SqliteStore open(Path dataDir, int maxPages) throws IOException {
        return open(dataDir, maxPages, SecretBox.plain());
    }

    private static SqliteStore open(Path dataDir, int maxPages, SecretBox secrets) throws IOException {
        makePrivateDirectory(dataDir);
        HikariConfig config = new HikariConfig();
        config.setPoolName("sqlite");
        config.setDataSource(source(dataDir.resolve(FILE), maxPages));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            migrate(pool);
            SqliteStore store = new SqliteStore(pool, secrets);
            if (SecretColumns.prepare(store.database()) > 0) {
                store.rewrite();
            }
            return store;
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    /// Writes the file anew: pages no longer in use still hold what was in them before.
    private void rewrite() {
        database().useHandle(handle -> {
            handle.execute("VACUUM");
            handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    /// True when a data directory holds a database.
    public static boolean exists(Path dataDir) {
        return Files.isRegularFile(dataDir.resolve(FILE));
    }

    /// Writes a consistent copy of a database to an empty file; whoever uses the database may go on.
    ///
    /// @throws IOException it could not be read or written; the file is of no use then
    public static void copy(Path dataDir, Path empty) throws IOException {
        try (Connection connection = source(dataDir.resolve(FILE), UNLIMITED).getConnection();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, empty.toAbsolutePath().toString());
            statement.execute();
        } catch (SQLException failed) {
            throw new IOException("the database could not be copied: " + failed.getMessage(), failed);
        }
        try (FileChannel written = FileChannel.open(empty, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    /// A new directory is its owner's only: the database holds the app secret.
    private static void makePrivateDirectory(Path dataDir) throws IOException {
        if (Files.isDirectory(dataDir)) {
            return;
        }
        boolean posix = dataDir.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path parent = dataDir.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (posix) {
            Files.createDirectory(
                    dataDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(dataDir);
        }
    }

    private static SQLiteDataSource source(Path file, int maxPages) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        // A transaction that reads first and writes later would fail at once when another one wrote in between.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        if (maxPages != UNLIMITED) {
            config.setMaxPageCount(maxPages);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /// Folds the write-ahead log into the database file.
    @Override
    public void close() {
        super.close();
    }
}
