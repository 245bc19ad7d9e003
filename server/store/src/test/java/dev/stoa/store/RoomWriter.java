package dev.stoa.store;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.template.StockTemplates;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceBootstrap;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/// A process that makes rooms until it is killed, and acknowledges each by a line with its id.
final class RoomWriter {
    private RoomWriter() {}

    public static void main(String[] arguments) throws Exception {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        IdSource ids = new RandomIds(new SecureRandom(), Instant::now);
        Workspace workspace = new WorkspaceBootstrap(store.workspaces(), ids).ensure("key", "secret");
        new StockTemplates(store.templates(), store.rooms(), store.roomCodes(), ids, Instant::now)
                .install(workspace.id());
        RoomService rooms = new RoomService(store.rooms(), store.templates(), ids, Instant::now);
        PrintStream out = System.out;
        for (int i = 0; ; i++) {
            switch (rooms.create(workspace.id(), RoomChange.named("room-" + i, null))) {
                case Outcome.Done<Room>(Room room) -> out.println("saved " + room.id());
                case Outcome.Failed<Room>(var failure) -> throw new AssertionError(failure);
            }
            out.flush();
        }
    }
}
