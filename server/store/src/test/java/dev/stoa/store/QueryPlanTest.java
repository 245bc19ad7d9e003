package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No list is read by looking at a whole table: the plan of every list query, as the database makes it, uses an
/// index.
final class QueryPlanTest {
    private static final Instant AFTER = Instant.ofEpochMilli(1_000);
    private static final Instant BEFORE = Instant.ofEpochMilli(2_000);
    private static final String START = "6601f0a1c2d3e4f5a6b7c820";
    private static final Room ROOM =
            new Room("r", "w", "r", "", true, "t", "eu", false, null, null, null, null, List.of(), AFTER, AFTER);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void everyListQueryUsesAnIndex(StoreKind kind) throws Exception {
        StoreKind.Opener opener = kind.empty(directory);
        List<String> statements = new ArrayList<>();
        try (Store store = opener.open()) {
            store.workspaces().save(new Workspace("w", "a", "key", "secret"));
            store.rooms().save(ROOM);
            store.sessions().save(new SessionRecord(START, "w", "r", AFTER, null));
        }
        Jdbi jdbi = Jdbi.create(opener.source());
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql());
            }
        });
        lists(new Database(jdbi, SecretBox.plain()));
        try (Connection connection = opener.connect()) {
            assertThat(statements).hasSizeGreaterThan(20);
            int lists = 0;
            for (String sql : statements) {
                List<String> plan = plan(kind, connection, sql);
                assertThat(plan).as(sql).noneMatch(QueryPlanTest::isFullScan);
                if (sql.startsWith("SELECT * FROM sessions WHERE workspace_id")) {
                    lists++;
                    assertThat(plan).as(sql).noneMatch(QueryPlanTest::isSort);
                }
            }
            assertThat(lists)
                    .as("lists of sessions, which come sorted from an index")
                    .isEqualTo(12);
        }
    }

    private static void lists(Database database) {
        SqlTemplates templates = new SqlTemplates(database);
        SqlRooms rooms = new SqlRooms(database);
        SqlSessions sessions = new SqlSessions(database);
        SqlWebhooks webhooks = new SqlWebhooks(database);
        for (String start : new String[] {null, START}) {
            Page.Request page = new Page.Request(10, start);
            templates.list("w", page);
            for (Boolean enabled : new Boolean[] {null, true}) {
                rooms.list("w", new RoomRepository.Filter(null, enabled, null, null, null), page);
                rooms.list("w", new RoomRepository.Filter("n", enabled, null, null, null), page);
                rooms.list("w", new RoomRepository.Filter(null, enabled, "t", null, null), page);
                rooms.list("w", new RoomRepository.Filter(null, enabled, null, AFTER, BEFORE), page);
                sessions.list("w", new SessionRepository.Filter(enabled, null, null, null), page);
                sessions.list("w", new SessionRepository.Filter(enabled, "r", null, null), page);
                sessions.list("w", new SessionRepository.Filter(enabled, null, AFTER, BEFORE), page);
            }
        }
        sessions.open();
        sessions.peersOf("s");
        sessions.peersOf(List.of("s", "t"));
        new SqlStatistics(database).of("s", "p");
        new SqlStatistics(database).deleteBefore(AFTER, 10);
        new SqlRoomCodes(database).ofRoom("r");
        new SqlRoomCodes(database).taken(List.of("a", "b"));
        templates.byIds("w", List.of("t", "u"));
        new SqlPolls(database).existing("w", List.of("p", "q"));
        webhooks.due(BEFORE, 10);
        webhooks.runningReplays();
        webhooks.forget(AFTER, 10);
        webhooks.forgetReplays(AFTER, 10);
        new SqlHistory(database).deleteBefore(AFTER, 10);
        SqlUsers users = new SqlUsers(database);
        users.ofWorkspace("w");
        users.byEmail("e");
        users.signedIn("t", AFTER);
        users.accept("t", "h", AFTER);
        users.deleteSignInsBefore(AFTER, 10);
        SqlAudit audit = new SqlAudit(database);
        audit.deleteBefore(AFTER, 10);
        for (String actor : new String[] {null, "a"}) {
            audit.list("w", actor, new Page.Request(10, START));
        }
        for (String room : new String[] {null, "r"}) {
            DeliveryFilter filter =
                    new DeliveryFilter("w", AFTER, BEFORE, room, Delivery.State.FAILED, List.of("peer.join.success"));
            webhooks.history(filter, 10, 0);
            webhooks.count(filter);
            webhooks.ids(filter, 10, 0);
        }
    }

    private static boolean isFullScan(String line) {
        String plain = line.strip().toLowerCase(Locale.ROOT);
        return plain.contains("seq scan") || plain.startsWith("scan ") && !plain.contains("using") && !isDerived(plain);
    }

    private static boolean isSort(String line) {
        String plain = line.strip().toLowerCase(Locale.ROOT);
        return plain.contains("sort") || plain.contains("temp b-tree");
    }

    /// SQLite's name for the result of a subquery that has a plan of its own.
    private static boolean isDerived(String plain) {
        return plain.equals("scan head");
    }

    private static List<String> plan(StoreKind kind, Connection connection, String sql) throws SQLException {
        return switch (kind) {
            case SQLITE -> lines(connection, "EXPLAIN QUERY PLAN " + sql, "detail");
            case POSTGRESQL -> postgresPlan(connection, sql);
        };
    }

    /// For parameters not yet known; small tables are no reason to read them whole here.
    private static List<String> postgresPlan(Connection connection, String sql) throws SQLException {
        int parameters = 0;
        StringBuilder numbered = new StringBuilder();
        for (char c : sql.toCharArray()) {
            numbered.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET enable_sort = off");
            statement.execute("SET enable_bitmapscan = off");
            statement.execute("PREPARE listed AS " + numbered);
            String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
            String call = "EXPLAIN EXECUTE listed" + (parameters == 0 ? "" : "(" + nulls + ")");
            List<String> plan = lines(connection, call, "QUERY PLAN");
            statement.execute("DEALLOCATE listed");
            return plan;
        }
    }

    private static List<String> lines(Connection connection, String sql, String column) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(column));
            }
        }
        return lines;
    }
}
