package dev.stoa.conference;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Writes every few seconds that the server is there, while sessions run: after a crash they end when it was last
/// there, not when somebody started it again. Called by the timer; does not wait for the database.
final class Heartbeat implements Runnable {
    /// How much longer than it was a stay may look after a crash, or shorter. Lower: more writes.
    static final long INTERVAL_MS = 3_000;

    private final SessionRepository sessions;
    private final Supplier<Instant> clock;
    private final BooleanSupplier needed;
    private final AtomicBoolean writing = new AtomicBoolean();

    Heartbeat(SessionRepository sessions, Supplier<Instant> clock, BooleanSupplier needed) {
        this.sessions = sessions;
        this.clock = clock;
        this.needed = needed;
    }

    @Override
    public void run() {
        if (needed.getAsBoolean() && writing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("heartbeat").start(this::write);
        }
    }

    private void write() {
        try {
            sessions.alive(clock.get());
        } catch (StoreUnavailableException away) {
            // Counted by the store; the next beat tries again.
        } finally {
            writing.set(false);
        }
    }
}
