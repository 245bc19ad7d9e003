package dev.stoa.app;

import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.statistics.StatisticsRepository;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets from time to time what is older than it may be.
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Thread thread;

    private Retention(StatisticsRepository statistics, TimeSource time, Duration kept) {
        this.thread = Thread.ofVirtual().name("retention").start(() -> run(statistics, time, kept));
    }

    static Retention start(StatisticsRepository statistics, TimeSource time, Duration kept) {
        return new Retention(statistics, time, kept);
    }

    private static void run(StatisticsRepository statistics, TimeSource time, Duration kept) {
        try {
            while (true) {
                forget(statistics, time, kept);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(StatisticsRepository statistics, TimeSource time, Duration kept) {
        try {
            int forgotten = statistics.deleteBefore(time.now().minus(kept));
            if (forgotten > 0) {
                LOG.info("{} old pieces of statistics were deleted", forgotten);
            }
        } catch (StoreUnavailableException away) {
            LOG.warn("old statistics could not be deleted: the database is not available");
        }
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
