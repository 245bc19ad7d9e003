package dev.stoa.store;

import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.webhook.WebhookRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/// An embedded database that counts the statements of threads that said so; a batch is one.
public final class CountedStore {
    private final Set<Thread> counted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger statements = new AtomicInteger();
    private final Database database;

    public CountedStore(Path directory) throws IOException {
        StoreKind.Opener opener = StoreKind.SQLITE.empty(directory);
        opener.open().close();
        Jdbi jdbi = Jdbi.create(opener.source());
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                if (counted.contains(Thread.currentThread())) {
                    statements.incrementAndGet();
                }
            }
        });
        database = new Database(jdbi, SecretBox.plain());
    }

    /// Counts what the thread that calls does from now on.
    public void count() {
        counted.add(Thread.currentThread());
    }

    /// Since the last time it was asked.
    public int statements() {
        return statements.getAndSet(0);
    }

    public Repositories repositories() {
        SqlWorkspaces workspaces = new SqlWorkspaces(database);
        return new Repositories(
                workspaces,
                new SqlAccessKeys(database, workspaces),
                new SqlTemplates(database),
                new SqlRooms(database),
                new SqlRoomCodes(database),
                new SqlSessions(database),
                new SqlHistory(database),
                new SqlStatistics(database),
                new SqlPolls(database),
                new SqlAudit(database),
                new SqlUsers(database));
    }

    public WebhookRepository webhooks() {
        return new SqlWebhooks(database);
    }

    public RoomJournal journal() {
        return new SqlRoomJournal(database);
    }
}
