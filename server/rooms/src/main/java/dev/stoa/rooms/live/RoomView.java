package dev.stoa.rooms.live;

/// The running session as peers see it.
///
/// @param startedAtMs Unix epoch milliseconds
public record RoomView(
        String roomId,
        String name,
        String description,
        String sessionId,
        long startedAtMs,
        int maxSize,
        boolean largeRoom) {}
