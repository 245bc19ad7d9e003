package dev.stoa.rooms.session;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.room.Room;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened in a room, with what must be known about the room to tell others of it.
///
/// @param id UUID; writing an entry a second time changes nothing
/// @param position grows from entry to entry of one server, and over its restarts
/// @param room as it was then
/// @param session that ran then; null while nobody is inside
public record JournalEntry(
        String id,
        long position,
        Instant at,
        Room room,
        @Nullable SessionRecord session,
        RoomEvent event) {}
