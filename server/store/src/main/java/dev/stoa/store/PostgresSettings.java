package dev.stoa.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to reach a PostgreSQL server.
///
/// @param url `jdbc:postgresql://host:port/database`, without user and password
/// @param user null = the name of the account the server runs under
/// @param password null = none is asked for
/// @param connections most connections held open, 1 or more
/// @param patience how long a call waits for a connection before it fails
public record PostgresSettings(
        String url, @Nullable String user, @Nullable String password, int connections, Duration patience) {
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(3);

    /// Does not print the password.
    @Override
    public String toString() {
        return "PostgresSettings[url=" + url + ", connections=" + connections + "]";
    }
}
