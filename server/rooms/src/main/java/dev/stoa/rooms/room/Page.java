package dev.stoa.rooms.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list, newest first.
///
/// @param last id of the last element, null at the end
public record Page<T>(List<T> data, int limit, @Nullable String last) {
    /// @param limit 10..100
    /// @param start `last` of the page before, null for the first
    public record Request(int limit, @Nullable String start) {}
}
