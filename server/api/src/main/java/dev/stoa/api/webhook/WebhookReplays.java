package dev.stoa.api.webhook;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import dev.stoa.rooms.webhook.Replay;
import dev.stoa.rooms.webhook.WebhookRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends settled events again, ten a second, when a workspace asks for it. Thread-safe.
public final class WebhookReplays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReplays.class);
    private static final long PAUSE_MS = 100;
    private static final int SAVED_EVERY = 10;

    private final WebhookRepository webhooks;
    private final WebhookDispatcher dispatcher;
    private final IdSource ids;
    private final TimeSource time;
    private final ReentrantLock starting = new ReentrantLock();
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();

    public WebhookReplays(WebhookRepository webhooks, WebhookDispatcher dispatcher, IdSource ids, TimeSource time) {
        this.webhooks = webhooks;
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.time = time;
    }

    /// Says of replays that the last process did not finish that they ended. Called once, before the first request.
    public void closeStale() {
        for (Replay stale : webhooks.runningReplays()) {
            webhooks.save(with(stale, Replay.State.TERMINATED, stale.completed(), stale.failed(), time.now()));
        }
    }

    record Started(Replay replay, boolean alreadyRunning) {}

    /// One replay at a time runs for the same filter.
    Started start(DeliveryFilter filter, int limit, int offset) {
        starting.lock();
        try {
            Optional<Replay> same = webhooks.runningReplays().stream()
                    .filter(replay -> isSame(replay, filter, limit, offset))
                    .findFirst();
            if (same.isPresent()) {
                return new Started(same.get(), true);
            }
            List<String> events = webhooks.ids(filter, limit, offset);
            Replay replay = new Replay(
                    ids.uuid(),
                    filter,
                    limit,
                    offset,
                    Replay.State.RUNNING,
                    events.size(),
                    0,
                    List.of(),
                    time.now(),
                    null);
            webhooks.save(replay);
            running.submit(() -> run(replay, events));
            return new Started(replay, false);
        } finally {
            starting.unlock();
        }
    }

    /// Times that were not given are different in every request, so they do not count.
    private static boolean isSame(Replay replay, DeliveryFilter filter, int limit, int offset) {
        DeliveryFilter other = replay.filter();
        return replay.limit() == limit
                && replay.offset() == offset
                && other.workspaceId().equals(filter.workspaceId())
                && Objects.equals(other.roomId(), filter.roomId())
                && other.state() == filter.state()
                && other.types().equals(filter.types())
                && close(other.from(), filter.from())
                && close(other.to(), filter.to());
    }

    private static boolean close(Instant one, Instant other) {
        return Duration.between(one, other).abs().toMinutes() < 1;
    }

    private void run(Replay replay, List<String> events) {
        int done = 0;
        List<String> failed = new ArrayList<>();
        try {
            for (int i = 0; i < events.size(); i++) {
                if (replay(events.get(i))) {
                    done++;
                } else {
                    failed.add(events.get(i));
                }
                if (i % SAVED_EVERY == 0) {
                    webhooks.save(with(replay, Replay.State.RUNNING, done, failed, null));
                }
                Thread.sleep(PAUSE_MS);
            }
            Replay.State end = failed.isEmpty()
                    ? Replay.State.COMPLETED
                    : done == 0 ? Replay.State.FAILED : Replay.State.COMPLETED_WITH_FAILURES;
            webhooks.save(with(replay, end, done, failed, time.now()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            LOG.error("replay {} broke off", replay.id(), broken);
        }
    }

    private boolean replay(String eventId) throws InterruptedException {
        Optional<Delivery> found = webhooks.byId(eventId);
        if (found.isEmpty()) {
            return false;
        }
        Delivery delivery = found.get();
        WebhookDispatcher.Result result = dispatcher.deliver(delivery, true);
        boolean delivered = result.attempt() instanceof WebhookSender.Attempt.Delivered;
        if (delivered) {
            webhooks.update(WebhookDispatcher.after(
                    delivery, Delivery.State.DELIVERED, delivery.attempts() + 1, time.now(), result.url(), null));
        }
        return delivered;
    }

    private static Replay with(
            Replay replay, Replay.State state, int completed, List<String> failed, @Nullable Instant completedAt) {
        return new Replay(
                replay.id(),
                replay.filter(),
                replay.limit(),
                replay.offset(),
                state,
                replay.total(),
                completed,
                List.copyOf(failed),
                replay.startedAt(),
                completedAt);
    }

    @Override
    public void close() {
        running.shutdownNow();
    }
}
