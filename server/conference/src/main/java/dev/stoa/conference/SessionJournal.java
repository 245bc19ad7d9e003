package dev.stoa.conference;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.RoomEventSink;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes sessions and stays to their repository, and locks rooms in theirs, in order, without making rooms wait for
/// the database.
final class SessionJournal implements RoomEventSink {
    private static final Logger log = LoggerFactory.getLogger(SessionJournal.class);

    private final SessionRepository sessions;
    private final RoomRepository rooms;
    private final ConferenceCounters counters;
    private final Set<String> locking = ConcurrentHashMap.newKeySet();
    private final Mailbox mailbox;

    SessionJournal(SessionRepository sessions, RoomRepository rooms, ConferenceCounters counters, int capacity) {
        this.sessions = sessions;
        this.rooms = rooms;
        this.counters = counters;
        this.mailbox = new Mailbox("session-journal", capacity);
    }

    @Override
    public void emit(RoomEvent event) {
        if (event instanceof RoomEvent.RoomLocked locked) {
            locking.add(locked.roomId());
        }
        if (mailbox.post(() -> write(event)) != Mailbox.Post.TAKEN) {
            counters.recordsLost.increment();
        }
    }

    private void write(RoomEvent event) {
        try {
            switch (event) {
                case RoomEvent.SessionOpened opened -> sessions.save(opened.session());
                case RoomEvent.PeerEntered entered -> sessions.savePeer(entered.peer());
                case RoomEvent.PeerChanged changed -> sessions.savePeer(changed.peer());
                case RoomEvent.RoomLocked locked -> disable(locked.roomId());
                case RoomEvent.PeerGone gone -> sessions.savePeer(gone.peer());
                case RoomEvent.SessionClosed closed -> sessions.save(closed.session());
            }
        } catch (RuntimeException e) {
            counters.recordsLost.increment();
            log.error("a session record could not be written", e);
        }
    }

    private void disable(String roomId) {
        rooms.byId(roomId).ifPresent(room -> rooms.save(room.disabled()));
        locking.remove(roomId);
    }

    /// True from the moment a room is locked until that is written.
    boolean isLocking(String roomId) {
        return locking.contains(roomId);
    }

    /// Waits until everything emitted so far is written. False after the timeout.
    boolean drain(Duration timeout) {
        CountDownLatch written = new CountDownLatch(1);
        mailbox.postAlways(written::countDown);
        try {
            return written.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
