package dev.stoa.conference;

import dev.stoa.rooms.live.Departure;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Ends sessions that were open when the server was killed, as if everybody had left when it was last there: backends
/// that count who is inside must hear of it, and who pays by the minute must not pay for the time it was down.
final class StaleSessions {
    private static final Departure CRASH = Departure.byServer("the server was restarted");

    private final ConferenceRooms.Storage storage;
    private final SessionJournal journal;

    StaleSessions(ConferenceRooms.Storage storage, SessionJournal journal) {
        this.storage = storage;
        this.journal = journal;
    }

    void close(Instant now) {
        Instant lastAlive = storage.sessions().lastAlive().filter(now::isAfter).orElse(now);
        for (SessionRecord stale : storage.sessions().open()) {
            storage.rooms().byId(stale.roomId()).ifPresent(room -> {
                Instant end = later(stale.createdAt(), lastAlive);
                List<JournalEntry> entries = new ArrayList<>();
                for (PeerRecord peer : storage.sessions().peersOf(stale.id())) {
                    if (peer.leftAt() == null) {
                        entries.add(journal.entry(
                                room,
                                stale,
                                new RoomEvent.PeerGone(
                                        room.workspaceId(), peer.leaving(later(peer.joinedAt(), end)), true, CRASH)));
                        end = later(peer.joinedAt(), end);
                    }
                }
                long messages = storage.sessions().messages(stale.id());
                if (messages > 0) {
                    entries.add(
                            journal.entry(room, stale, new RoomEvent.MessagesCounted(room.workspaceId(), messages)));
                }
                entries.add(journal.entry(room, stale, new RoomEvent.SessionClosed(stale.ending(end))));
                storage.journal().write(entries);
            });
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
