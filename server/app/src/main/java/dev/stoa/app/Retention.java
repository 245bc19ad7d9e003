package dev.stoa.app;

import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets every hour what is older than it may be: piece by piece, so that nobody waits long for the database.
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    /// Rows of one statement. More: fewer statements; less: the embedded database, which has one writer at a time, is
    /// free again sooner.
    static final int AT_ONCE = 1_000;

    private final Thread thread;

    private Retention(Thread thread) {
        this.thread = thread;
    }

    /// One kind of what is kept.
    ///
    /// @param what for the log
    record Kept(String what, Duration time, Forgetting forgetting) {}

    @FunctionalInterface
    interface Forgetting {
        /// @param limit most rows at once
        /// @return how many there were, `limit` = there may be more
        int forget(Instant before, int limit);
    }

    static Retention start(TimeSource time, List<Kept> all) {
        return new Retention(Thread.ofVirtual().name("retention").start(() -> run(time, all)));
    }

    private static void run(TimeSource time, List<Kept> all) {
        try {
            while (true) {
                forget(time.now(), all);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// What fails is tried again the next time; the rest does not wait for it.
    static void forget(Instant now, List<Kept> all) {
        for (Kept kept : all) {
            try {
                long forgotten = forget(now.minus(kept.time()), kept.forgetting());
                if (forgotten > 0) {
                    LOG.info("{} old {} were deleted", forgotten, kept.what());
                }
            } catch (StoreUnavailableException away) {
                LOG.warn("old {} could not be deleted: the database is not available", kept.what());
            } catch (RuntimeException failed) {
                LOG.error("old {} could not be deleted", kept.what(), failed);
            }
        }
    }

    private static long forget(Instant before, Forgetting forgetting) {
        long all = 0;
        int some;
        do {
            some = forgetting.forget(before, AT_ONCE);
            all += some;
        } while (some >= AT_ONCE && !Thread.currentThread().isInterrupted());
        return all;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
