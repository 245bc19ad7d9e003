package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Databases of older versions are brought up to date with all that is in them; those of newer ones are refused.
final class MigrationTest {
    @TempDir
    private Path directory;

    private static void makeFirstSchema(StoreKind.Opener database, Path directory) throws Exception {
        Files.createDirectories(directory.resolve("data"));
        database.connect().close();
        Flyway.configure(MigrationTest.class.getClassLoader())
                .dataSource(database.source())
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
    }

    private static void run(Connection connection, String resource) throws Exception {
        String script;
        try (var in = MigrationTest.class.getResourceAsStream(resource)) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Statement statement = connection.createStatement()) {
            for (String command : script.split(";\\n")) {
                statement.execute(command);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void dataOfTheFirstSchemaIsThereAfterAllMigrations(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        makeFirstSchema(database, directory);
        try (Connection connection = database.connect()) {
            run(connection, "/v1-data.sql");
        }

        try (Store store = database.open()) {
            assertThat(store.workspaces().all()).containsExactly(new Workspace("w1", "a1", "key-1", "secret-1"));
            assertThat(store.workspaces().byAccessKey("key-1")).isPresent();
            assertThat(store.accessKeys().ofWorkspace("w1"))
                    .containsExactly(new AccessKey("key-1", "w1", Instant.ofEpochMilli(500), null));
            Template template = store.templates().defaultOf("w1").orElseThrow();
            assertThat(template.name()).isEqualTo("meeting");
            Room room = store.rooms().byName("w1", "Physics").orElseThrow();
            assertThat(room.id()).isEqualTo("r1");
            assertThat(room.webhook()).containsEntry("url", "https://hooks.example/x");
            assertThat(store.roomCodes().ofRoom("r1"))
                    .extracting(RoomCode::code)
                    .containsExactly("abc-defg-hij");
            assertThat(store.sessions()
                            .list(
                                    "w1",
                                    new SessionRepository.Filter(null, null, null, null),
                                    new Page.Request(10, null))
                            .data())
                    .containsExactly(
                            new SessionRecord("s2", "w1", "r1", Instant.ofEpochMilli(4000), null),
                            new SessionRecord(
                                    "s1", "w1", "r1", Instant.ofEpochMilli(1000), Instant.ofEpochMilli(3000)));
            assertThat(store.sessions().peersOf("s1"))
                    .containsExactly(new PeerRecord(
                            "p1",
                            "s1",
                            "Änne",
                            "host",
                            "u1",
                            "{}",
                            Instant.ofEpochMilli(1000),
                            Instant.ofEpochMilli(3000)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaIsTheSameWhetherMadeAtOnceOrStepByStep(StoreKind kind) throws Exception {
        StoreKind.Opener old = kind.empty(directory.resolve("old"));
        makeFirstSchema(old, directory.resolve("old"));
        old.open().close();
        StoreKind.Opener fresh = kind.empty(directory.resolve("fresh"));
        fresh.open().close();

        assertThat(tables(old)).isEqualTo(tables(fresh)).contains("sessions", "rooms");
    }

    private static List<String> tables(StoreKind.Opener database) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(null, connection.getSchema(), null, new String[] {"TABLE"})) {
            List<String> names = new java.util.ArrayList<>();
            while (found.next()) {
                names.add(found.getString("TABLE_NAME"));
            }
            return names.stream().sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseOfANewerVersionIsRefusedInOneLine(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        database.open().close();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, installed_on, execution_time, success)
                    VALUES (9999, '9999', 'from the future', 'SQL', 'V9999__future.sql', 1, 'x', CURRENT_TIMESTAMP, 1,
                        '1')
                    """);
        }

        assertThatThrownBy(database::open)
                .isInstanceOf(SchemaMismatchException.class)
                .hasMessageContaining("newer version")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatPointNowhereAreRefused(StoreKind kind) throws Exception {
        try (Store store = kind.empty(directory).open()) {
            assertThatThrownBy(() -> store.sessions()
                            .save(new SessionRecord("s1", "no-workspace", "no-room", Instant.ofEpochMilli(1), null)))
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(dev.stoa.rooms.outcome.StoreUnavailableException.class);
            assertThat(store.sessions().byId("s1")).isEmpty();
        }
    }
}
