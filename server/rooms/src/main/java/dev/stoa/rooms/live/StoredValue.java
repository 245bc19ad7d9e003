package dev.stoa.rooms.live;

import org.jspecify.annotations.Nullable;

/// A value of the session store.
///
/// @param data JSON text; null = there is no value
/// @param updatedAtMs Unix epoch milliseconds, 0 = never set
/// @param updatedBy peer id, null = never set
/// @param version grows with every change in the session, 0 = never set
public record StoredValue(
        String key,
        @Nullable String data,
        long updatedAtMs,
        @Nullable String updatedBy,
        long version) {
    static StoredValue absent(String key) {
        return new StoredValue(key, null, 0, null, 0);
    }
}
