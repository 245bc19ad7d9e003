package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A database that is lost or full is said to be so, and works again when it can.
@Timeout(120)
final class FailureTest {
    private static final Workspace WORKSPACE = new Workspace("w1", "a1", "key-1", "secret-1");
    /// The pool tries again after growing pauses.
    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final int MOST_PAGES = 120;
    private static final int MORE_THAN_FIT = 10_000;

    @TempDir
    private Path directory;

    private static Room room(int number) {
        return new Room(
                "%024x".formatted(number),
                "w1",
                "room-" + number,
                "d".repeat(500),
                true,
                "t",
                "eu",
                false,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void aFullDiskRefusesWritesKeepsWhatIsThereAndGoesOnWhenThereIsRoom() throws Exception {
        int saved = 0;
        try (SqliteStore store = SqliteStore.open(directory, MOST_PAGES)) {
            store.workspaces().save(WORKSPACE);
            StoreUnavailableException full = null;
            while (full == null && saved < MORE_THAN_FIT) {
                try {
                    store.rooms().save(room(saved));
                    saved++;
                } catch (StoreUnavailableException refused) {
                    full = refused;
                }
            }
            assertThat(full).isNotNull();
            assertThat(saved).isPositive();
            int last = saved;
            assertThatThrownBy(() -> store.rooms().save(room(last))).isInstanceOf(StoreUnavailableException.class);
            assertThat(store.rooms().byId(room(0).id())).isPresent();
            assertThat(store.unavailable()).isGreaterThanOrEqualTo(2);
        }
        try (SqliteStore store = SqliteStore.open(directory)) {
            assertThat(store.rooms().byId(room(saved - 1).id())).isPresent();
            assertThat(store.rooms().byId(room(saved).id())).isEmpty();
            assertThat(store.rooms().save(room(saved))).isTrue();
        }
    }

    @Test
    void aKilledServerIsNoticedAndWhenItIsBackTheSameStoreGoesOn() throws Exception {
        try (TestPostgres server = TestPostgres.start();
                PostgresStore store = PostgresStore.open(server.newDatabase())) {
            store.workspaces().save(WORKSPACE);
            store.rooms().save(room(1));

            server.kill();
            assertThatThrownBy(() -> store.rooms().save(room(2))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.rooms().byId(room(1).id())).isInstanceOf(StoreUnavailableException.class);

            server.restart();
            await().atMost(RECOVERY)
                    .ignoreException(StoreUnavailableException.class)
                    .untilAsserted(() -> assertThat(store.rooms().byId(room(1).id()))
                            .as("acknowledged")
                            .isPresent());
            assertThat(store.rooms().save(room(2))).isTrue();
        }
    }

    @Test
    void keysOfKnownWorkspacesCanBeCheckedWithoutTheDatabase() throws Exception {
        try (TestPostgres server = TestPostgres.start();
                PostgresStore store = PostgresStore.open(server.newDatabase())) {
            store.workspaces().save(WORKSPACE);
            assertThat(store.workspaces().byAccessKey("key-1")).contains(WORKSPACE);

            server.kill();

            assertThat(store.workspaces().byAccessKey("key-1")).contains(WORKSPACE);
            assertThatThrownBy(() -> store.workspaces().byAccessKey("key-2"))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }
}
