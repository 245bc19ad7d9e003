package dev.stoa.rooms.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place people can meet in; exists whether or not anybody is inside.
///
/// @param id 24 lower-case hexadecimal characters
/// @param name unique in the workspace, case-insensitive
/// @param recordingInfo null: the template's setting applies
/// @param size most peers, null = server's limit
/// @param maxDurationSeconds null = server's limit
/// @param webhook `url` and `headers`, null = workspace's
public record Room(
        String id,
        String workspaceId,
        String name,
        String description,
        boolean enabled,
        String templateId,
        String region,
        boolean largeRoom,
        @Nullable Integer size,
        @Nullable Integer maxDurationSeconds,
        @Nullable Map<String, Object> recordingInfo,
        @Nullable Map<String, Object> webhook,
        List<String> polls,
        Instant createdAt,
        Instant updatedAt) {
    /// The same room, which nobody can join any more.
    public Room disabled() {
        return new Room(
                id,
                workspaceId,
                name,
                description,
                false,
                templateId,
                region,
                largeRoom,
                size,
                maxDurationSeconds,
                recordingInfo,
                webhook,
                polls,
                createdAt,
                updatedAt);
    }
}
