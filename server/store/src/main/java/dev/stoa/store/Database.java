package dev.stoa.store;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Runs SQL, and tells apart what is wrong with the database from what is wrong with the call: only the former
/// becomes a [StoreUnavailableException]. Thread-safe; every call may block.
final class Database {
    private final Jdbi jdbi;
    private final SecretBox secrets;
    private final LongAdder unavailable = new LongAdder();

    Database(DataSource source, SecretBox secrets) {
        this(Jdbi.create(source), secrets);
    }

    Database(Jdbi jdbi, SecretBox secrets) {
        this.jdbi = jdbi;
        this.secrets = secrets;
        jdbi.registerArgument(new PlainTextArgument());
    }

    /// What secrets are sealed and opened with.
    SecretBox secrets() {
        return secrets;
    }

    <T> T withHandle(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException failed) {
            throw explained(failed);
        }
    }

    void useHandle(HandleConsumer<RuntimeException> work) {
        try {
            jdbi.useHandle(work);
        } catch (JdbiException failed) {
            throw explained(failed);
        }
    }

    <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException failed) {
            throw explained(failed);
        }
    }

    void useTransaction(HandleConsumer<RuntimeException> work) {
        try {
            jdbi.useTransaction(work);
        } catch (JdbiException failed) {
            throw explained(failed);
        }
    }

    /// What the work says, or false when another row has the place that a unique key allows to one: two callers may
    /// both have found it free.
    boolean unlessTaken(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (JdbiException failed) {
            if (DatabaseFault.isUniqueViolation(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /// Calls the database could not serve since the start.
    long unavailable() {
        return unavailable.sum();
    }

    private RuntimeException explained(JdbiException failed) {
        if (!DatabaseFault.isUnavailable(failed)) {
            return failed;
        }
        unavailable.increment();
        return new StoreUnavailableException("the database is not available", failed);
    }
}
