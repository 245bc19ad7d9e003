package dev.stoa.rooms.testing;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

public final class MemoryRooms implements RoomRepository {
    private final Map<String, Room> byId = new ConcurrentSkipListMap<>();

    @Override
    public synchronized boolean save(Room room) {
        if (byName(room.workspaceId(), room.name())
                .filter(other -> !other.id().equals(room.id()))
                .isPresent()) {
            return false;
        }
        byId.put(room.id(), room);
        return true;
    }

    @Override
    public Optional<Room> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Room> byName(String workspaceId, String name) {
        return byId.values().stream()
                .filter(room ->
                        room.workspaceId().equals(workspaceId) && room.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public Page<Room> list(String workspaceId, Filter filter, Page.Request page) {
        return MemoryPages.page(
                byId.values(), Room::id, room -> room.workspaceId().equals(workspaceId) && matches(room, filter), page);
    }

    private static boolean matches(Room room, Filter filter) {
        return (filter.name() == null || room.name().equalsIgnoreCase(filter.name()))
                && (filter.enabled() == null || room.enabled() == filter.enabled())
                && (filter.templateId() == null || room.templateId().equals(filter.templateId()))
                && (filter.after() == null || !room.createdAt().isBefore(filter.after()))
                && (filter.before() == null || !room.createdAt().isAfter(filter.before()));
    }
}
