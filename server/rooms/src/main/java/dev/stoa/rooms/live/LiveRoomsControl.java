package dev.stoa.rooms.live;

import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Template;

/// The rooms with people inside, as backends see them. Thread-safe.
public interface LiveRoomsControl {
    /// For servers without live rooms, such as the command line: no room runs.
    LiveRoomsControl NONE = new LiveRoomsControl() {
        @Override
        public RoomReply ask(String roomId, RoomRequest request) {
            return notRunning();
        }

        @Override
        public void roomChanged(Room room) {}

        @Override
        public void templateChanged(Template template) {}
    };

    /// Blocks until the room has answered, at most for some seconds.
    RoomReply ask(String roomId, RoomRequest request);

    /// Brings new settings into the room if it runs. May block (database).
    void roomChanged(Room room);

    /// Brings new roles and settings into all running rooms of the template. Returns at once.
    void templateChanged(Template template);

    static RoomReply notRunning() {
        return new RoomReply.Refused(404, "active session not found");
    }
}
