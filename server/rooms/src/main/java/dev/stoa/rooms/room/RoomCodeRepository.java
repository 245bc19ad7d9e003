package dev.stoa.rooms.room;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Port to where room codes are kept. Thread-safe; calls may block.
public interface RoomCodeRepository {
    /// Inserts or replaces by code.
    default void save(RoomCode code) {
        save(List.of(code));
    }

    /// As [#save(RoomCode)], one after the other; all or none.
    void save(List<RoomCode> codes);

    /// Which of these exist.
    Set<String> taken(Collection<String> codes);

    Optional<RoomCode> byCode(String code);

    /// All codes of a room, oldest first; at most 100 exist.
    List<RoomCode> ofRoom(String roomId);
}
