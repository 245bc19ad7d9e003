package dev.stoa.rooms.testing;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.StatisticsRepository;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Writes sessions, stays and locks to repositories, and remembers every entry. It can be told to be away.
public final class MemoryJournal implements RoomJournal {
    private final RoomRepository rooms;
    private final SessionRepository sessions;
    private final PollRepository polls;
    private final StatisticsRepository statistics;
    private final List<JournalEntry> written = new ArrayList<>();
    private boolean away;

    public MemoryJournal(
            RoomRepository rooms, SessionRepository sessions, PollRepository polls, StatisticsRepository statistics) {
        this.rooms = rooms;
        this.sessions = sessions;
        this.polls = polls;
        this.statistics = statistics;
    }

    /// While true, writing fails as with a lost database.
    public synchronized void away(boolean now) {
        away = now;
    }

    public synchronized List<RoomEvent> events() {
        return written.stream().map(JournalEntry::event).toList();
    }

    @Override
    public synchronized void write(List<JournalEntry> entries) {
        if (away) {
            throw new StoreUnavailableException("away", new SQLException("away"));
        }
        entries.forEach(this::record);
        written.addAll(entries);
    }

    private void record(JournalEntry entry) {
        switch (entry.event()) {
            case RoomEvent.SessionOpened opened -> sessions.save(opened.session());
            case RoomEvent.PeerEntered entered -> sessions.savePeer(entered.peer());
            case RoomEvent.PeerChanged changed -> sessions.savePeer(changed.peer());
            case RoomEvent.PeerGone gone -> sessions.savePeer(gone.peer());
            case RoomEvent.SessionClosed closed -> {
                sessions.save(closed.session());
                polls.endRuns(closed.session().id(), entry.at());
            }
            case RoomEvent.RoomLocked locked ->
                rooms.byId(locked.roomId()).ifPresent(room -> rooms.save(room.disabled()));
            case RoomEvent.Figures figures -> record(figures);
            case RoomEvent.PollChanged changed -> record(changed.poll());
            case RoomEvent.RoleChanged changed -> {}
            case RoomEvent.RoleRefused refused -> {}
            case RoomEvent.Note note -> {}
            case RoomEvent.RoomEnded ended -> {}
            case RoomEvent.EndRefused refused -> {}
            case RoomEvent.JoinRefused refused -> {}
            case RoomEvent.LeaveRefused refused -> {}
        }
    }

    private void record(RoomEvent.Figures figures) {
        switch (figures) {
            case RoomEvent.Measured measured -> statistics.save(measured.statistics());
            case RoomEvent.MessagesSaid said -> sessions.countMessages(said.sessionId(), said.messages());
        }
    }

    private void record(PollRecord record) {
        switch (record) {
            case PollRecord.Started(PollRun run) -> polls.saveRun(run);
            case PollRecord.Answered(List<StoredResponse> responses) -> polls.addResponses(responses);
            case PollRecord.Stopped(PollRun run) -> polls.saveRun(run);
        }
    }
}
