package dev.stoa.api.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/// Which room the next connectivity test gets: the first that is free, else the one that is so soonest. Thread-safe.
final class TestRoomTurns {
    /// More: more people can test at once without finding their room full. Each is a row of the database once it was
    /// needed.
    static final int ROOMS = 300;

    private final long keptMs;
    private final long[] freeAtMs = new long[ROOMS];
    private final ReentrantLock lock = new ReentrantLock();

    /// @param kept after which a room is free again at the latest
    TestRoomTurns(Duration kept) {
        this.keptMs = kept.toMillis();
    }

    /// @return number of a room, from 1
    int next(Instant now) {
        lock.lock();
        try {
            int room = choose(now.toEpochMilli());
            freeAtMs[room] = now.toEpochMilli() + keptMs;
            return room + 1;
        } finally {
            lock.unlock();
        }
    }

    private int choose(long nowMs) {
        int soonest = 0;
        for (int i = 0; i < ROOMS && freeAtMs[soonest] > nowMs; i++) {
            if (freeAtMs[i] < freeAtMs[soonest]) {
                soonest = i;
            }
        }
        return soonest;
    }
}
