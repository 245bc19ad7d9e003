package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A longer page costs no further statements: no list asks the database again for each of its entries.
final class StatementCountTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final int FEW = Page.Request.MIN_LIMIT;
    private static final int MANY = 4 * FEW;

    @TempDir
    private Path directory;

    private static String id(int number) {
        return "6601f0a1c2d3e4f5a6b7%04x".formatted(number);
    }

    @ParameterizedTest
    @EnumSource
    void aLongPageCostsWhatAShortOneCosts(StoreKind kind) throws Exception {
        StoreKind.Opener opener = kind.empty(directory);
        try (Store store = opener.open()) {
            fill(store);
        }
        AtomicInteger statements = new AtomicInteger();
        Jdbi jdbi = Jdbi.create(opener.source());
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.incrementAndGet();
            }
        });
        Database database = new Database(jdbi, SecretBox.plain());

        Map<String, IntSupplier> few = lists(database, FEW);
        Map<String, IntSupplier> many = lists(database, MANY);
        few.forEach((name, list) -> {
            assertThat(list.getAsInt()).as(name).isEqualTo(FEW);
            int forFew = statements.getAndSet(0);
            assertThat(many.get(name).getAsInt()).as(name).isEqualTo(MANY);
            assertThat(statements.getAndSet(0)).as(name).isEqualTo(forFew).isPositive();
        });
    }

    private static void fill(Store store) {
        store.workspaces().save(new Workspace("w", "a", "key", "secret"));
        for (int i = 0; i < MANY; i++) {
            String room = "r" + i;
            store.rooms()
                    .save(new Room(
                            room, "w", room, "", true, "t", "eu", false, null, null, null, null, List.of(), NOW, NOW));
            store.sessions().save(new SessionRecord(id(i), "w", room, NOW.plusMillis(i), null));
            store.sessions().savePeer(new PeerRecord("p", id(i), "name", "host", "user", "", NOW, null));
        }
    }

    /// Each says how many entries it found.
    private static Map<String, IntSupplier> lists(Database database, int entries) {
        Page.Request page = new Page.Request(entries, null);
        SqlRooms rooms = new SqlRooms(database);
        SqlSessions sessions = new SqlSessions(database);
        List<String> sessionIds =
                IntStream.range(0, entries).mapToObj(StatementCountTest::id).toList();
        Map<String, IntSupplier> lists = new LinkedHashMap<>();
        lists.put(
                "rooms",
                () -> rooms.list("w", new RoomRepository.Filter(null, null, null, null, null), page)
                        .data()
                        .size());
        lists.put(
                "sessions",
                () -> sessions.list("w", new SessionRepository.Filter(null, null, null, null), page)
                        .data()
                        .size());
        lists.put("peers of sessions", () -> sessions.peersOf(sessionIds).size());
        return lists;
    }
}
