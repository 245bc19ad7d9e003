package dev.stoa.rooms.room;

import java.util.List;
import java.util.Optional;

/// Port to where room codes are kept. Thread-safe; calls may block.
public interface RoomCodeRepository {
    /// Inserts or replaces by code.
    void save(RoomCode code);

    Optional<RoomCode> byCode(String code);

    /// All codes of a room, oldest first; at most 100 exist.
    List<RoomCode> ofRoom(String roomId);
}
