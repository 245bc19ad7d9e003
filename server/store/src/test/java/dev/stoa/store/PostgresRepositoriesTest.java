package dev.stoa.store;

import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.testing.RepositoryContract;
import org.junit.jupiter.api.AfterEach;

/// The contract of the repositories, kept by PostgreSQL.
final class PostgresRepositoriesTest extends RepositoryContract {
    private PostgresStore store;

    @Override
    protected Repositories emptyStore() {
        store = PostgresStore.open(TestPostgres.shared().newDatabase());
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
