package dev.stoa.rooms.room;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port to where rooms are kept. Thread-safe; calls may block.
public interface RoomRepository {
    /// Inserts or replaces by id. Times are kept to the millisecond.
    ///
    /// @return false: another room of the workspace has this name, nothing was saved
    boolean save(Room room);

    /// By id in any workspace (client tokens name the room alone).
    Optional<Room> byId(String id);

    /// Case-insensitive.
    Optional<Room> byName(String workspaceId, String name);

    /// Newest first.
    Page<Room> list(String workspaceId, Filter filter, Page.Request page);

    /// Null components do not filter; times are inclusive.
    record Filter(
            @Nullable String name,
            @Nullable Boolean enabled,
            @Nullable String templateId,
            @Nullable Instant after,
            @Nullable Instant before) {}
}
