package dev.stoa.rooms.session;

import java.util.List;

/// Port to where what happens in rooms is kept: sessions, stays, locks, and the webhooks that follow from them.
@FunctionalInterface
public interface RoomJournal {
    /// Writes all entries or none. Called by one thread; may block; a call that returned is durable.
    ///
    /// @throws dev.stoa.rooms.outcome.StoreUnavailableException nothing was written, or it is not known; the same
    ///     entries may be written again
    void write(List<JournalEntry> entries);
}
