package dev.stoa.rooms.board;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of a whiteboard within their limits. Not thread-safe.
public final class BoardStore {
    /// As the official store documents it.
    public static final int MAX_KEYS = 5_000;
    /// A long stroke of the official component has some 20 kB; the official store stops at 10.
    public static final int MAX_VALUE_BYTES = 64 * 1024;
    public static final int MAX_TOTAL_BYTES = 8 * 1024 * 1024;
    public static final int MAX_KEY_LENGTH = 256;

    private final Map<String, BoardEntry> entries = new LinkedHashMap<>();
    private long version;
    private int totalBytes;

    /// What a change led to.
    public sealed interface Change {
        record Made(BoardEntry entry) implements Change {}

        record Refused(BoardRefusal reason, String message) implements Change {}
    }

    /// @param value null = delete, which may be repeated
    public Change put(String key, @Nullable BoardValue value, String byPeer) {
        BoardEntry old = entries.get(key);
        Change.Refused refusal = refusal(key, value, old);
        if (refusal != null) {
            return refusal;
        }
        totalBytes += bytes(value) - bytes(old == null ? null : old.value());
        BoardEntry entry = new BoardEntry(key, value, ++version, byPeer);
        // Out and in again: the order is that of the last changes.
        entries.remove(key);
        if (value != null) {
            entries.put(key, entry);
        }
        return new Change.Made(entry);
    }

    private Change.@Nullable Refused refusal(String key, @Nullable BoardValue value, @Nullable BoardEntry old) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            return new Change.Refused(BoardRefusal.INVALID, "a key has 1 to " + MAX_KEY_LENGTH + " characters");
        }
        if (value == null) {
            return null;
        }
        if (value.bytes() > MAX_VALUE_BYTES) {
            return new Change.Refused(BoardRefusal.TOO_MUCH, "a value has at most " + MAX_VALUE_BYTES + " bytes");
        }
        if (old == null && entries.size() == MAX_KEYS) {
            return new Change.Refused(BoardRefusal.TOO_MUCH, "a whiteboard has at most " + MAX_KEYS + " keys");
        }
        return totalBytes - bytes(old == null ? null : old.value()) + value.bytes() > MAX_TOTAL_BYTES
                ? new Change.Refused(BoardRefusal.TOO_MUCH, "a whiteboard has at most " + MAX_TOTAL_BYTES + " bytes")
                : null;
    }

    private static int bytes(@Nullable BoardValue value) {
        return value == null ? 0 : value.bytes();
    }

    public @Nullable BoardValue get(String key) {
        BoardEntry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /// Those changed longest ago first.
    public Collection<BoardEntry> entries() {
        return entries.values();
    }
}
