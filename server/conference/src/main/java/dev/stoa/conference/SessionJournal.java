package dev.stoa.conference;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what happens in rooms to its place, in order, without making rooms wait for the database. Thread-safe.
///
/// While the database is away, entries wait, up to a bound, and are written in their order when it is back; those
/// beyond the bound are lost and counted. One that the database refuses for its content is lost alone.
final class SessionJournal {
    private static final Logger log = LoggerFactory.getLogger(SessionJournal.class);

    /// Entries per transaction, which is one flush of the disk.
    private static final int BATCH = 128;

    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private sealed interface Item {
        record Entry(JournalEntry entry) implements Item {}

        record Mark(CountDownLatch reached) implements Item {}
    }

    private final RoomJournal journal;
    private final ConferenceCounters counters;
    private final IdSource ids;
    private final LongSupplier clockMs;
    private final int capacity;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong position = new AtomicLong();
    private final Set<String> locking = ConcurrentHashMap.newKeySet();
    private final Thread writer;

    /// @param clockMs Unix epoch milliseconds
    /// @param capacity most entries waiting
    SessionJournal(RoomJournal journal, ConferenceCounters counters, IdSource ids, LongSupplier clockMs, int capacity) {
        this.journal = journal;
        this.counters = counters;
        this.ids = ids;
        this.clockMs = clockMs;
        this.capacity = capacity;
        this.writer = Thread.ofVirtual().name("session-journal").start(this::run);
    }

    /// @param session that runs, or ends or begins with this event
    void emit(Room room, @Nullable SessionRecord session, RoomEvent event) {
        if (waiting.incrementAndGet() > capacity) {
            waiting.decrementAndGet();
            counters.recordsLost.increment();
            return;
        }
        if (event instanceof RoomEvent.RoomLocked) {
            locking.add(room.id());
        }
        queue.add(new Item.Entry(entry(room, session, event)));
    }

    JournalEntry entry(Room room, @Nullable SessionRecord session, RoomEvent event) {
        long nowMs = clockMs.getAsLong();
        // Microseconds, so that positions go on growing after a restart.
        long next = position.updateAndGet(last -> Math.max(last + 1, nowMs * 1000));
        return new JournalEntry(ids.uuid(), next, Instant.ofEpochMilli(nowMs), room, session, event);
    }

    /// Entries not yet written.
    int waiting() {
        return waiting.get();
    }

    private void run() {
        try {
            while (true) {
                take();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void take() throws InterruptedException {
        List<Item> items = new ArrayList<>();
        items.add(queue.take());
        queue.drainTo(items, BATCH - 1);
        List<JournalEntry> entries = new ArrayList<>();
        for (Item item : items) {
            switch (item) {
                case Item.Entry(JournalEntry entry) -> entries.add(entry);
                case Item.Mark(CountDownLatch reached) -> {
                    flush(entries);
                    reached.countDown();
                }
            }
        }
        flush(entries);
    }

    private void flush(List<JournalEntry> entries) throws InterruptedException {
        if (entries.isEmpty()) {
            return;
        }
        if (!write(entries)) {
            for (JournalEntry entry : entries) {
                if (!write(List.of(entry))) {
                    counters.recordsLost.increment();
                }
            }
        }
        for (JournalEntry entry : entries) {
            if (entry.event() instanceof RoomEvent.RoomLocked) {
                locking.remove(entry.room().id());
            }
        }
        waiting.addAndGet(-entries.size());
        entries.clear();
    }

    /// Tries until the database is there. False when it does not take these entries for what they are.
    private boolean write(List<JournalEntry> entries) throws InterruptedException {
        long pauseMs = FIRST_PAUSE_MS;
        while (true) {
            try {
                journal.write(entries);
                return true;
            } catch (StoreUnavailableException away) {
                if (pauseMs == FIRST_PAUSE_MS) {
                    log.warn("the database is not available: session records wait for it");
                }
                counters.recordsRetried.increment();
                Thread.sleep(pauseMs);
                pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
            } catch (RuntimeException faulty) {
                if (entries.size() == 1) {
                    log.error("a session record could not be written", faulty);
                }
                return false;
            }
        }
    }

    /// True from the moment a room is locked until that is written.
    boolean isLocking(String roomId) {
        return locking.contains(roomId);
    }

    /// Waits until everything emitted so far is written. False after the timeout.
    boolean drain(Duration timeout) {
        CountDownLatch written = new CountDownLatch(1);
        queue.add(new Item.Mark(written));
        try {
            return written.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Gives up what is not written yet.
    void close() {
        writer.interrupt();
    }
}
