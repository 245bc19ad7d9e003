package dev.stoa.api.webhook;

import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings waiting events to their receivers. Thread-safe.
///
/// The database is the queue: the oldest event of each room is taken when its time has come, and those behind it
/// wait until it is delivered or given up, so a room's events arrive in order. Rooms do not wait for each other.
/// What was being delivered when the process was killed is delivered again.
public final class WebhookDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

    /// Pauses before the second, third and fourth attempt, as the reference has them.
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10));

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 64;
    private static final long POLL_MS = 1_000;

    private final WebhookRepository webhooks;
    private final WorkspaceRepository workspaces;
    private final WebhookTargets targets;
    private final TimeSource time;
    private final WebhookCounters counters = new WebhookCounters();
    private final WebhookSender sender;
    private final Set<String> busyRooms = ConcurrentHashMap.newKeySet();
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private final Semaphore news = new Semaphore(0);
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread loop;

    public WebhookDispatcher(
            WebhookRepository webhooks,
            WorkspaceRepository workspaces,
            WebhookTargets targets,
            AddressPolicy policy,
            TimeSource time) {
        this.webhooks = webhooks;
        this.workspaces = workspaces;
        this.targets = targets;
        this.time = time;
        this.sender = new WebhookSender(policy, time, TIMEOUT);
        this.loop = Thread.ofVirtual().name("webhooks").start(this::run);
    }

    public WebhookCounters counters() {
        return counters;
    }

    /// There may be new events; returns at once.
    public void wake() {
        news.release();
    }

    private void run() {
        try {
            while (true) {
                news.tryAcquire(POLL_MS, TimeUnit.MILLISECONDS);
                news.drainPermits();
                try {
                    startDue();
                } catch (StoreUnavailableException away) {
                    LOG.warn("webhooks wait: {}", away.getMessage());
                    Thread.sleep(POLL_MS);
                } catch (RuntimeException failed) {
                    LOG.error("webhooks could not be read", failed);
                    Thread.sleep(POLL_MS);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void startDue() throws InterruptedException {
        for (Delivery delivery : webhooks.due(time.now(), 2 * MOST_AT_ONCE)) {
            String room = delivery.event().roomId();
            if (!busyRooms.add(room)) {
                continue;
            }
            slots.acquire();
            deliveries.submit(() -> {
                try {
                    // What was read may be older than what the last delivery of this room has written.
                    webhooks.byId(delivery.event().id())
                            .filter(current -> current.state() == Delivery.State.WAITING
                                    && !current.nextAttemptAt().isAfter(time.now()))
                            .ifPresent(this::attempt);
                } catch (StoreUnavailableException away) {
                    LOG.warn("a webhook was not recorded and will be sent again: {}", away.getMessage());
                } finally {
                    slots.release();
                    busyRooms.remove(room);
                    wake();
                }
            });
        }
    }

    private void attempt(Delivery delivery) {
        try {
            settle(delivery, deliver(delivery, false));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (RuntimeException failed) {
            LOG.error("webhook {} failed", delivery.event().id(), failed);
            settle(delivery, new Result("", new WebhookSender.Attempt.Failed("internal error", true)));
        }
    }

    /// @param url where it went, `""` = nowhere
    record Result(String url, WebhookSender.Attempt attempt) {}

    Result deliver(Delivery delivery, boolean replay) throws InterruptedException {
        String workspaceId = delivery.event().workspaceId();
        Optional<Target> target = targets.of(workspaceId, delivery.event().roomId());
        Optional<Workspace> workspace = workspaces.byId(workspaceId);
        if (target.isEmpty() || workspace.isEmpty()) {
            return new Result("", new WebhookSender.Attempt.Failed("no webhook is configured any more", false));
        }
        byte[] body = Envelope.write(workspace.get(), delivery.event(), replay);
        return new Result(target.get().url(), sender.send(target.get(), body));
    }

    private void settle(Delivery delivery, Result result) {
        int attempts = delivery.attempts() + 1;
        switch (result.attempt()) {
            case WebhookSender.Attempt.Delivered() -> {
                counters.delivered.increment();
                webhooks.update(after(delivery, Delivery.State.DELIVERED, attempts, time.now(), result.url(), null));
            }
            case WebhookSender.Attempt.Failed(String reason, boolean again) -> {
                if (again && attempts <= PAUSES.size()) {
                    counters.postponed.increment();
                    Instant next = time.now().plus(PAUSES.get(attempts - 1));
                    webhooks.update(after(delivery, Delivery.State.WAITING, attempts, next, result.url(), reason));
                } else {
                    counters.failed.increment();
                    webhooks.update(after(delivery, Delivery.State.FAILED, attempts, time.now(), result.url(), reason));
                }
            }
        }
    }

    static Delivery after(
            Delivery delivery, Delivery.State state, int attempts, Instant next, String url, @Nullable String error) {
        return new Delivery(delivery.event(), state, attempts, next, url.isEmpty() ? null : url, error);
    }

    /// What is under way is broken off; it is still in the database and is delivered after the next start.
    @Override
    public void close() {
        loop.interrupt();
        sender.close();
        deliveries.shutdownNow();
        try {
            loop.join(Duration.ofSeconds(5));
            if (!deliveries.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("deliveries of webhooks did not end in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
