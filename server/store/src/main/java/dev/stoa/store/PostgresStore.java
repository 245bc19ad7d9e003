package dev.stoa.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// A PostgreSQL database, shared by all servers that are given its address. Thread-safe.
///
/// A call that returned is durable as far as the server's `synchronous_commit` says, which is "on" by default.
public final class PostgresStore extends Store {
    /// Seconds a statement may keep us waiting for the network: a server that vanished without a word must not hold
    /// threads for ever.
    private static final String SOCKET_TIMEOUT_SECONDS = "30";

    private PostgresStore(HikariDataSource pool, SecretBox secrets) {
        super(pool, secrets);
    }

    /// Connects, and brings the schema up to date; of several servers that start at once, one does it and the
    /// others wait.
    public static PostgresStore open(PostgresSettings settings) {
        return open(settings, SecretBox.plain());
    }

    /// @throws SecretsKeyException what is in the database was sealed with another key
    public static PostgresStore open(PostgresSettings settings, SecretBox secrets) {
        HikariDataSource pool = new HikariDataSource(config(settings));
        try {
            migrate(pool);
            PostgresStore store = new PostgresStore(pool, secrets);
            SecretColumns.prepare(store.database());
            return store;
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    /// Connects once and changes nothing.
    ///
    /// @return the server's version
    /// @throws StoreUnavailableException why it cannot be used, in one line
    public static String probe(PostgresSettings settings) {
        Properties properties = new Properties();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        String seconds = Long.toString(Math.max(1, settings.patience().toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        try (Connection connection = DriverManager.getConnection(settings.url(), properties)) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException failed) {
            String reason = failed.getMessage() == null ? "no connection" : failed.getMessage();
            throw new StoreUnavailableException(reason.lines().findFirst().orElse(""), failed);
        }
    }

    private static HikariConfig config(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgresql");
        config.setJdbcUrl(settings.url());
        if (settings.user() != null) {
            config.setUsername(settings.user());
        }
        if (settings.password() != null) {
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(Math.min(1_000, settings.patience().toMillis()));
        config.addDataSourceProperty("connectTimeout", settings.patience().toSeconds());
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "stoa");
        return config;
    }
}
