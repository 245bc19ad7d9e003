package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The running session: begins with the first join, ends with the last leave.
final class SessionKeeper {
    private final IdSource ids;
    private final RoomEventSink events;
    private @Nullable SessionRecord session;

    SessionKeeper(IdSource ids, RoomEventSink events) {
        this.ids = ids;
        this.events = events;
    }

    void entered(long nowMs, Room room, Seat seat) {
        SessionRecord running = session;
        if (running == null) {
            running =
                    new SessionRecord(ids.objectId(), room.workspaceId(), room.id(), Instant.ofEpochMilli(nowMs), null);
            session = running;
            events.emit(new RoomEvent.SessionOpened(running));
        }
        events.emit(new RoomEvent.PeerEntered(room.workspaceId(), seat.record(running.id(), null)));
    }

    void changed(Seat seat) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.PeerChanged(running.workspaceId(), seat.record(running.id(), null)));
        }
    }

    void locked(Room room) {
        events.emit(new RoomEvent.RoomLocked(room.workspaceId(), room.id()));
    }

    void gone(long nowMs, Seat seat, boolean lost, boolean last) {
        SessionRecord running = session;
        if (running == null) {
            return;
        }
        Instant now = Instant.ofEpochMilli(nowMs);
        events.emit(new RoomEvent.PeerGone(running.workspaceId(), seat.record(running.id(), now), lost));
        if (last) {
            session = null;
            events.emit(new RoomEvent.SessionClosed(new SessionRecord(
                    running.id(), running.workspaceId(), running.roomId(), running.createdAt(), now)));
        }
    }

    /// `""` while nobody is inside.
    String id() {
        return session == null ? "" : session.id();
    }

    long startedAtMs() {
        return session == null ? 0 : session.createdAt().toEpochMilli();
    }
}
