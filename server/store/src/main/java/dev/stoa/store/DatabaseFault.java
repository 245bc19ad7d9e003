package dev.stoa.store;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// Reads what went wrong out of exceptions of both drivers.
final class DatabaseFault {
    /// Classes of SQLSTATE (first two characters, ISO 9075-2; PostgreSQL manual, appendix A) that say something
    /// about the server and nothing about the statement: connection, transaction to be repeated, resources used
    /// up (a full disk is 53100), operator's intervention, system error.
    private static final Set<String> SERVER_CLASSES = Set.of("08", "40", "53", "57", "58");

    /// A standby that has not taken over yet refuses to write.
    private static final String READ_ONLY_TRANSACTION = "25006";

    private static final String UNIQUE_VIOLATION = "23505";

    private DatabaseFault() {}

    static boolean isUnavailable(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return isUnavailable(sqlite);
            }
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql && isServerState(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isServerState(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (SERVER_CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY_TRANSACTION));
    }

    /// By the primary result code, the low byte (SQLite "Result and Error Codes").
    private static boolean isUnavailable(SQLiteException failed) {
        return switch (failed.getResultCode().code & 0xFF) {
            case 5, 6 -> true; // SQLITE_BUSY, SQLITE_LOCKED
            case 7, 8, 10, 13, 14 -> true; // NOMEM, READONLY, IOERR, FULL, CANTOPEN
            default -> false;
        };
    }

    static boolean isUniqueViolation(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return switch (sqlite.getResultCode()) {
                    case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY -> true;
                    default -> false;
                };
            }
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
