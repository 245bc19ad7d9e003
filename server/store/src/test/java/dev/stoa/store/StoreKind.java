package dev.stoa.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/// Both databases, for tests that say the same of both.
enum StoreKind {
    SQLITE {
        @Override
        Opener empty(Path directory) {
            Path data = directory.resolve("data");
            return new Opener() {
                @Override
                public Store open(SecretBox secrets) throws IOException {
                    return SqliteStore.open(data, secrets);
                }

                @Override
                public Connection connect() throws SQLException {
                    return source().getConnection();
                }

                @Override
                public DataSource source() {
                    SQLiteDataSource source = new SQLiteDataSource();
                    source.setUrl("jdbc:sqlite:" + data.resolve(SqliteStore.FILE));
                    return source;
                }
            };
        }
    },
    POSTGRESQL {
        @Override
        Opener empty(Path directory) {
            PostgresSettings settings = TestPostgres.shared().newDatabase();
            return new Opener() {
                @Override
                public Store open(SecretBox secrets) {
                    return PostgresStore.open(settings, secrets);
                }

                @Override
                public Connection connect() throws SQLException {
                    return source().getConnection();
                }

                @Override
                public DataSource source() {
                    PGSimpleDataSource source = new PGSimpleDataSource();
                    source.setUrl(settings.url());
                    source.setUser(settings.user());
                    return source;
                }
            };
        }
    };

    /// One database, which can be opened again and again.
    interface Opener {
        Store open(SecretBox secrets) throws IOException;

        /// Without a key for secrets.
        default Store open() throws IOException {
            return open(SecretBox.plain());
        }

        /// A connection past the store, with foreign keys as the database has them by default.
        Connection connect() throws SQLException;

        DataSource source();
    }

    /// @param directory of the test
    abstract Opener empty(Path directory);
}
