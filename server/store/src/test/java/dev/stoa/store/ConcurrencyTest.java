package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.template.StockTemplates;
import dev.stoa.rooms.testing.SteppingTime;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceBootstrap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many callers at once, as virtual threads of requests are.
final class ConcurrencyTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void manyWhoMakeARoomOfOneNameGetTheSameRoom(StoreKind kind) throws Exception {
        SteppingTime time = new SteppingTime();
        IdSource ids = new RandomIds(new Random(1), time);
        try (Store store = kind.empty(directory).open();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Workspace workspace = new WorkspaceBootstrap(store.workspaces(), ids).ensure(null, null);
            new StockTemplates(store.templates(), store.rooms(), store.roomCodes(), ids, time).install(workspace.id());
            RoomService rooms = new RoomService(store.rooms(), store.templates(), ids, time);
            for (int round = 0; round < 10; round++) {
                String name = "round-" + round;
                List<Future<Outcome<Room>>> answers = new ArrayList<>();
                for (int caller = 0; caller < 8; caller++) {
                    answers.add(callers.submit(() -> rooms.create(workspace.id(), RoomChange.named(name, null))));
                }
                Set<String> made = new HashSet<>();
                for (Future<Outcome<Room>> answer : answers) {
                    assertThat(answer.get())
                            .isInstanceOfSatisfying(Outcome.Done.class, done -> made.add(((Room) done.value()).id()));
                }
                assertThat(made).hasSize(1);
            }
        }
    }
}
