package dev.stoa.conference;

import dev.stoa.rooms.live.Departure;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Ends sessions that were open when the server was killed, as if everybody had left now: backends that count who
/// is inside must hear of it.
final class StaleSessions {
    private static final Departure CRASH = Departure.byServer("the server was restarted");

    private final ConferenceRooms.Storage storage;
    private final SessionJournal journal;

    StaleSessions(ConferenceRooms.Storage storage, SessionJournal journal) {
        this.storage = storage;
        this.journal = journal;
    }

    void close(Instant now) {
        for (SessionRecord stale : storage.sessions().open()) {
            storage.rooms().byId(stale.roomId()).ifPresent(room -> {
                List<JournalEntry> entries = new ArrayList<>();
                for (PeerRecord peer : storage.sessions().peersOf(stale.id())) {
                    if (peer.leftAt() == null) {
                        entries.add(journal.entry(
                                room,
                                stale,
                                new RoomEvent.PeerGone(room.workspaceId(), peer.leaving(now), true, CRASH)));
                    }
                }
                entries.add(journal.entry(room, stale, new RoomEvent.SessionClosed(stale.ending(now))));
                storage.journal().write(entries);
            });
        }
    }
}
