package dev.stoa.store;

import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.testing.RepositoryContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The contract of the repositories, kept by SQLite.
final class SqliteRepositoriesTest extends RepositoryContract {
    @TempDir
    private Path directory;

    private SqliteStore store;

    @Override
    protected Repositories emptyStore() throws Exception {
        store = SqliteStore.open(directory.resolve("data"));
        return new Repositories(
                store.workspaces(),
                store.accessKeys(),
                store.templates(),
                store.rooms(),
                store.roomCodes(),
                store.sessions(),
                store.history(),
                store.statistics(),
                store.polls(),
                store.audit(),
                store.users());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }
}
