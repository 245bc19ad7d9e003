package dev.stoa.rooms.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest changes of a session's values, oldest first: as many as fit.
final class ValueHistory {
    private static final int MAX_CHANGES = 1000;
    private static final int MAX_BYTES = 256 * 1024;

    private final ArrayDeque<StoredValue> changes = new ArrayDeque<>();
    private int bytes;

    void add(StoredValue value) {
        changes.addLast(value);
        bytes += bytes(value);
        while (changes.size() > MAX_CHANGES || bytes > MAX_BYTES) {
            bytes -= bytes(changes.removeFirst());
        }
    }

    void clear() {
        changes.clear();
        bytes = 0;
    }

    /// @param key null = all keys
    List<StoredValue> after(@Nullable String key, long version, int limit) {
        List<StoredValue> found = new ArrayList<>();
        for (StoredValue change : changes) {
            if (change.version() > version && (key == null || key.equals(change.key())) && found.size() < limit) {
                found.add(change);
            }
        }
        return found;
    }

    private static int bytes(StoredValue value) {
        String data = value.data();
        return value.key().length() + (data == null ? 0 : data.getBytes(StandardCharsets.UTF_8).length);
    }
}
