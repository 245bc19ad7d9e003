package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.template.StockTemplates;
import dev.stoa.rooms.testing.SteppingTime;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceBootstrap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after a restart, and after a process that was killed.
final class DurabilityTest {
    private static final int ROOMS_BEFORE_KILL = 200;

    @TempDir
    private Path directory;

    @Test
    void everythingSurvivesARestart() throws IOException {
        SteppingTime time = new SteppingTime();
        IdSource ids = new RandomIds(new Random(1), time);
        Workspace workspace;
        List<StockTemplates.DemoRoom> before;
        String sessionId = ids.objectId();
        try (SqliteStore store = SqliteStore.open(directory.resolve("data"))) {
            workspace = new WorkspaceBootstrap(store.workspaces(), ids).ensure(null, null);
            stock(store, ids, time).install(workspace.id());
            before = stock(store, ids, time).demoRooms(workspace.id());
            String room = before.getFirst().room().id();
            store.sessions().save(new SessionRecord(sessionId, workspace.id(), room, time.now(), null));
            store.sessions().savePeer(new PeerRecord("p", sessionId, "Anna", "host", "u", "", time.now(), null));
        }
        try (SqliteStore store = SqliteStore.open(directory.resolve("data"))) {
            assertThat(new WorkspaceBootstrap(store.workspaces(), ids).ensure(null, null))
                    .isEqualTo(workspace);
            stock(store, ids, time).install(workspace.id());
            assertThat(stock(store, ids, time).demoRooms(workspace.id()))
                    .isEqualTo(before)
                    .hasSize(4);
            assertThat(before.getFirst().codes()).extracting(RoomCode::role).containsExactly("host", "guest");
            assertThat(store.sessions().open()).extracting(SessionRecord::id).containsExactly(sessionId);
            assertThat(store.sessions().peersOf(sessionId))
                    .extracting(PeerRecord::name)
                    .containsExactly("Anna");
        }
    }

    private static StockTemplates stock(SqliteStore store, IdSource ids, SteppingTime time) {
        return new StockTemplates(store.templates(), store.rooms(), store.roomCodes(), ids, time);
    }

    @Test
    void aNewDataDirectoryIsItsOwnersOnly() throws IOException {
        Path data = directory.resolve("deep").resolve("data");
        SqliteStore.open(data).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void acknowledgedRoomsSurviveAKilledProcess() throws Exception {
        Path data = directory.resolve("data");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoomWriter.class.getName(),
                        data.toString())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = writer.inputReader()) {
            String line = out.readLine();
            while (line != null) {
                if (line.startsWith("saved ")) {
                    acknowledged.add(line.substring("saved ".length()));
                }
                if (acknowledged.size() == ROOMS_BEFORE_KILL) {
                    // By its handle: the process itself would close the stream we still read.
                    writer.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        }
        assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).as("128 + SIGKILL").isEqualTo(137);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROOMS_BEFORE_KILL);
        try (SqliteStore store = SqliteStore.open(data)) {
            assertThat(acknowledged)
                    .allSatisfy(id -> assertThat(store.rooms().byId(id)).isPresent());
        }
    }

    @Test
    void timesAreKeptToTheMillisecond() throws IOException {
        SteppingTime time = new SteppingTime();
        IdSource ids = new RandomIds(new Random(1), time);
        try (SqliteStore store = SqliteStore.open(directory.resolve("data"))) {
            Workspace workspace = new WorkspaceBootstrap(store.workspaces(), ids).ensure(null, null);
            stock(store, ids, time).install(workspace.id());
            String room = stock(store, ids, time)
                    .demoRooms(workspace.id())
                    .getFirst()
                    .room()
                    .id();
            Instant precise = Instant.parse("2026-03-02T08:00:00.123456789Z");
            store.sessions().save(new SessionRecord("s", workspace.id(), room, precise, null));

            assertThat(store.sessions().byId("s").orElseThrow().createdAt())
                    .isEqualTo(Instant.parse("2026-03-02T08:00:00.123Z"));
        }
    }
}
