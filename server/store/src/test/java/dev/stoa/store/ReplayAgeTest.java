package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.webhook.Replay;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Replays of webhooks go some time after their end, in both databases.
final class ReplayAgeTest {
    private static final Instant START = Instant.ofEpochMilli(1_000);

    @TempDir
    private Path directory;

    private static Replay replay(String id, Replay.State state, @Nullable Instant completedAt) {
        DeliveryFilter filter = new DeliveryFilter("w", START, START, null, null, List.of());
        return new Replay(id, filter, 10, 0, state, 1, 1, List.of(), START, completedAt);
    }

    @ParameterizedTest
    @EnumSource
    void thoseThatEndedBeforeGoOldestFirstAndPieceByPiece(StoreKind kind) throws Exception {
        try (Store store = kind.empty(directory).open()) {
            WebhookRepository webhooks = withWorkspace(store);
            webhooks.save(replay("c", Replay.State.COMPLETED, START.plusMillis(3)));
            webhooks.save(replay("a", Replay.State.FAILED, START.plusMillis(1)));
            webhooks.save(replay("b", Replay.State.TERMINATED, START.plusMillis(2)));
            webhooks.save(replay("d", Replay.State.COMPLETED, START.plusMillis(4)));

            assertThat(webhooks.forgetReplays(START.plusMillis(4), 2)).isEqualTo(2);
            assertThat(webhooks.replay("w", "c")).isPresent();
            assertThat(webhooks.forgetReplays(START.plusMillis(4), 2)).isEqualTo(1);
            assertThat(webhooks.forgetReplays(START.plusMillis(4), 2)).isZero();

            assertThat(List.of("a", "b", "c"))
                    .allSatisfy(id -> assertThat(webhooks.replay("w", id)).isEmpty());
            assertThat(webhooks.replay("w", "d")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatRunsStays(StoreKind kind) throws Exception {
        try (Store store = kind.empty(directory).open()) {
            WebhookRepository webhooks = withWorkspace(store);
            webhooks.save(replay("a", Replay.State.RUNNING, null));

            assertThat(webhooks.forgetReplays(START.plusSeconds(1_000_000), 10)).isZero();
            assertThat(webhooks.runningReplays()).hasSize(1);
        }
    }

    private static WebhookRepository withWorkspace(Store store) {
        store.workspaces().save(new Workspace("w", "a", "key", "secret"));
        return store.webhooks();
    }
}
