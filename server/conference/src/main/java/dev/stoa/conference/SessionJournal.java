package dev.stoa.conference;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.RoomEventSink;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes sessions and stays to the repository, in order, without making rooms wait for the database.
final class SessionJournal implements RoomEventSink {
    private static final Logger log = LoggerFactory.getLogger(SessionJournal.class);

    private final SessionRepository sessions;
    private final ConferenceCounters counters;
    private final Mailbox mailbox;

    SessionJournal(SessionRepository sessions, ConferenceCounters counters, int capacity) {
        this.sessions = sessions;
        this.counters = counters;
        this.mailbox = new Mailbox("session-journal", capacity);
    }

    @Override
    public void emit(RoomEvent event) {
        if (mailbox.post(() -> write(event)) != Mailbox.Post.TAKEN) {
            counters.recordsLost.increment();
        }
    }

    private void write(RoomEvent event) {
        try {
            switch (event) {
                case RoomEvent.SessionOpened opened -> sessions.save(opened.session());
                case RoomEvent.PeerEntered entered -> sessions.savePeer(entered.peer());
                case RoomEvent.PeerGone gone -> sessions.savePeer(gone.peer());
                case RoomEvent.SessionClosed closed -> sessions.save(closed.session());
            }
        } catch (RuntimeException e) {
            counters.recordsLost.increment();
            log.error("a session record could not be written", e);
        }
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
