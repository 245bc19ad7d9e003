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
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.webhook.Delivery;
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
    private final Path directory;
    private final SqliteStore database;
    private final Repositories store;
    private final IdSource ids;
    private final TimeSource time;
    private final WebhookDispatcher dispatcher;
    private final WebhookReplays replays;
    private final WebhookRoutes routes;
    private long position;

    TestWebhooks(Repositories store, IdSource ids, TimeSource time) {
        this.store = store;
        this.ids = ids;
        this.time = time;
        try {
            directory = Files.createTempDirectory("stoa-api");
            database = SqliteStore.open(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        store.workspaces().all().forEach(database.workspaces()::save);
        WebhookTargets targets = new WebhookTargets(database.webhooks(), database.rooms(), ids);
        dispatcher = new WebhookDispatcher(
                database.webhooks(), database.workspaces(), targets, new AddressPolicy(List.of()), () -> Instant.EPOCH);
        replays = new WebhookReplays(database.webhooks(), dispatcher, ids, time);
        routes = new WebhookRoutes(database.webhooks(), targets, replays, time);
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
        database.rooms().save(room);
        SessionRecord session = new SessionRecord(ids.objectId(), room.workspaceId(), roomId, time.now(), null);
        String id = ids.uuid();
        database.journal()
                .write(List.of(new JournalEntry(
                        id, ++position, time.now(), room, session, new RoomEvent.SessionOpened(session))));
        Delivery waiting = database.webhooks().byId(id).orElseThrow();
        database.webhooks()
                .update(new Delivery(
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
        database.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
