package dev.stoa.rooms.room;

import java.time.Instant;

/// A short word that stands for one room and role.
///
/// @param code ten letters as `abc-defg-hij`
public record RoomCode(
        String code, String roomId, String role, boolean enabled, Instant createdAt, Instant updatedAt) {}
