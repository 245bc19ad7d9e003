package dev.stoa.rooms.live;

/// Port to who keeps or forwards [RoomEvent]s. Called on the room's thread, in order; must not block.
@FunctionalInterface
public interface RoomEventSink {
    void emit(RoomEvent event);
}
