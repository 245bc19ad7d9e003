package dev.stoa.rooms.template;

import java.time.Instant;
import java.util.Map;

/// A kind of room: its roles and settings.
///
/// @param id 24 lower-case hexadecimal characters
/// @param roles by name, in the order given
/// @param settings `region`, `recording`, `roomState`, `retry` as given
/// @param destinations as given
/// @param plugins as given
public record Template(
        String id,
        String workspaceId,
        String name,
        boolean isDefault,
        Map<String, Role> roles,
        Map<String, Object> settings,
        Map<String, Object> destinations,
        Map<String, Object> plugins,
        Instant createdAt,
        Instant updatedAt) {}
