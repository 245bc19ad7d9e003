package dev.stoa.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.room.RoomCodeRepository;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.StatisticsRepository;
import dev.stoa.rooms.template.TemplateRepository;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.workspace.AccessKeyRepository;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// An open database with an up-to-date schema. Thread-safe.
///
/// Repositories are the same on every database: the SQL keeps to what SQLite and PostgreSQL both understand.
public abstract sealed class Store implements AutoCloseable permits SqliteStore, PostgresStore {
    private final HikariDataSource pool;
    private final Database database;
    private final SqlWorkspaces workspaces;

    Store(HikariDataSource pool, SecretBox secrets) {
        this.pool = pool;
        this.database = new Database(pool, secrets);
        this.workspaces = new SqlWorkspaces(database);
    }

    /// Brings the schema up to date. Forward only: a database of a newer version is refused.
    static void migrate(HikariDataSource pool) {
        Flyway flyway = Flyway.configure(Store.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns(new String[0])
                .load();
        try {
            flyway.migrate();
            flyway.validate();
        } catch (FlywayValidateException mismatch) {
            throw new SchemaMismatchException(
                    "the database was made by a newer version of Stoa, or its schema was changed by hand", mismatch);
        }
    }

    final Database database() {
        return database;
    }

    public final WorkspaceRepository workspaces() {
        return workspaces;
    }

    public final AccessKeyRepository accessKeys() {
        return new SqlAccessKeys(database, workspaces);
    }

    public final TemplateRepository templates() {
        return new SqlTemplates(database);
    }

    public final RoomRepository rooms() {
        return new SqlRooms(database);
    }

    public final RoomCodeRepository roomCodes() {
        return new SqlRoomCodes(database);
    }

    public final SessionRepository sessions() {
        return new SqlSessions(database);
    }

    public final RoomJournal journal() {
        return new SqlRoomJournal(database);
    }

    public final HistoryRepository history() {
        return new SqlHistory(database);
    }

    public final StatisticsRepository statistics() {
        return new SqlStatistics(database);
    }

    public final WebhookRepository webhooks() {
        return new SqlWebhooks(database);
    }

    public final AuditRepository audit() {
        return new SqlAudit(database);
    }

    public final UserRepository users() {
        return new SqlUsers(database);
    }

    public final PollRepository polls() {
        return new SqlPolls(database);
    }

    /// Calls the database could not serve since the start.
    public final long unavailable() {
        return database.unavailable();
    }

    @Override
    public void close() {
        pool.close();
    }
}
