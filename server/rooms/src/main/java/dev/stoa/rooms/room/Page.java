package dev.stoa.rooms.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list, newest first.
///
/// @param last id of the last element, null when there is none
public record Page<T>(List<T> data, int limit, @Nullable String last) {
    /// @param limit brought into 10..100
    /// @param start `last` of the page before, null for the first
    public record Request(int limit, @Nullable String start) {
        public static final int MIN_LIMIT = 10;
        public static final int MAX_LIMIT = 100;

        public Request {
            limit = Math.clamp(limit, MIN_LIMIT, MAX_LIMIT);
        }
    }
}
