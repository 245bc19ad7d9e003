package dev.stoa.api;

import dev.stoa.api.webhook.AddressPolicy;
import dev.stoa.api.webhook.WebhookDispatcher;
import dev.stoa.api.webhook.WebhookReplays;
import dev.stoa.api.webhook.WebhookRoutes;
import dev.stoa.api.webhook.WebhookTargets;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import dev.stoa.store.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Webhooks of [ApiServer] over a real database, since they live by its transactions. Nothing is sent by itself: to
/// the dispatcher it is always 1970.
final class TestWebhooks implements AutoCloseable {
    private final Repositories store;
    private final RoomRepository rooms;
    private final WebhookRepository webhooks;
    private final RoomJournal journal;
    private final AutoCloseable database;
    private final IdSource ids;
    private final TimeSource time;
    private final WebhookDispatcher dispatcher;
    private final WebhookReplays replays;
    private final WebhookRoutes routes;
    private long position;

    /// Beside repositories in memory.
    static TestWebhooks apart(Repositories store, IdSource ids, TimeSource time) {
        try {
            Path directory = Files.createTempDirectory("stoa-api");
            SqliteStore database = SqliteStore.open(directory);
            store.workspaces().all().forEach(database.workspaces()::save);
            return new TestWebhooks(
                    store,
                    database.workspaces(),
                    database.rooms(),
                    database.webhooks(),
                    database.journal(),
                    ids,
                    time,
                    () -> {
                        database.close();
                        delete(directory);
                    });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// In the same database as everything else; whoever opened it closes it.
    static TestWebhooks within(
            Repositories store, WebhookRepository webhooks, RoomJournal journal, IdSource ids, TimeSource time) {
        return new TestWebhooks(store, store.workspaces(), store.rooms(), webhooks, journal, ids, time, () -> {});
    }

    private TestWebhooks(
            Repositories store,
            WorkspaceRepository workspaces,
            RoomRepository rooms,
            WebhookRepository webhooks,
            RoomJournal journal,
            IdSource ids,
            TimeSource time,
            AutoCloseable database) {
        this.store = store;
        this.rooms = rooms;
        this.webhooks = webhooks;
        this.journal = journal;
        this.ids = ids;
        this.time = time;
        this.database = database;
        WebhookTargets targets = new WebhookTargets(webhooks, rooms, ids);
        dispatcher =
                new WebhookDispatcher(webhooks, workspaces, targets, new AddressPolicy(List.of()), () -> Instant.EPOCH);
        replays = new WebhookReplays(webhooks, dispatcher, ids, time);
        routes = new WebhookRoutes(webhooks, targets, replays, time);
    }

    WebhookRoutes routes() {
        return routes;
    }

    /// A session is opened in a room, and its event has been delivered or given up.
    ///
    /// @param error null = delivered
    /// @return id of the event
    String settled(String roomId, @Nullable String error) {
        Room room = store.rooms().byId(roomId).orElseThrow();
        rooms.save(room);
        SessionRecord session = new SessionRecord(ids.objectId(), room.workspaceId(), roomId, time.now(), null);
        String id = ids.uuid();
        journal.write(List.of(
                new JournalEntry(id, ++position, time.now(), room, session, new RoomEvent.SessionOpened(session))));
        Delivery waiting = webhooks.byId(id).orElseThrow();
        webhooks.update(new Delivery(
                waiting.event(),
                error == null ? Delivery.State.DELIVERED : Delivery.State.FAILED,
                error == null ? 1 : 4,
                time.now(),
                "https://hooks.school.test/live",
                error));
        return id;
    }

    @Override
    public void close() {
        replays.close();
        dispatcher.close();
        try {
            database.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
