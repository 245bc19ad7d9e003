package dev.stoa.rooms.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Values that the peers of a session share; gone when it ends.
///
/// One counter versions all keys, so that a key that was deleted and set again never has an old version.
final class SessionStore {
    private static final int MAX_KEYS = 100;
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_BYTES = 1024;
    private static final int MAX_TOTAL_BYTES = 64 * 1024;

    private final Roster roster;
    private final Map<String, StoredValue> values = new LinkedHashMap<>();
    /// Kept for observers that were away when a value was deleted.
    private final Map<String, StoredValue> deleted = new LinkedHashMap<>();
    private long version;
    private int totalBytes;

    SessionStore(Roster roster) {
        this.roster = roster;
    }

    void clear() {
        values.clear();
        deleted.clear();
        version = 0;
        totalBytes = 0;
    }

    void set(long nowMs, Seat seat, PeerCommand.SetValue command, Consumer<CommandResult> reply) {
        StoredValue old = current(command.key());
        Long expected = command.ifVersion();
        long present = old.data() == null ? 0 : old.version();
        if (expected != null && expected != present && expected != old.version()) {
            reply.accept(new CommandResult.Refused(
                    409, "the value has version " + old.version() + ", not " + expected + "; read it and try again"));
            return;
        }
        CommandResult.Refused refusal = refusal(command, old);
        if (refusal != null) {
            reply.accept(refusal);
            return;
        }
        StoredValue value = new StoredValue(command.key(), command.data(), nowMs, seat.peerId, ++version);
        put(old, value);
        reply.accept(new CommandResult.Value(value));
        PeerNotice notice = new PeerNotice.ValuesChanged(List.of(value));
        for (Seat observer : roster.all()) {
            if (observer.observed.contains(value.key())) {
                observer.deliver(notice);
            }
        }
    }

    private CommandResult.@Nullable Refused refusal(PeerCommand.SetValue command, StoredValue old) {
        if (!isKey(command.key())) {
            return badKey();
        }
        int bytes = bytes(command.data());
        if (bytes > MAX_VALUE_BYTES) {
            return new CommandResult.Refused(400, "a value has at most " + MAX_VALUE_BYTES + " bytes of JSON");
        }
        if (command.data() != null && old.data() == null && values.size() == MAX_KEYS) {
            return new CommandResult.Refused(400, "a session has at most " + MAX_KEYS + " values");
        }
        return totalBytes - bytes(old.data()) + bytes > MAX_TOTAL_BYTES
                ? new CommandResult.Refused(400, "the values of a session have at most 64 KB together")
                : null;
    }

    private void put(StoredValue old, StoredValue value) {
        totalBytes += bytes(value.data()) - bytes(old.data());
        if (value.data() == null) {
            values.remove(value.key());
            deleted.put(value.key(), value);
            if (deleted.size() > MAX_KEYS) {
                deleted.remove(deleted.keySet().iterator().next());
            }
        } else {
            deleted.remove(value.key());
            values.put(value.key(), value);
        }
    }

    CommandResult get(String key) {
        return new CommandResult.Value(current(key));
    }

    private StoredValue current(String key) {
        StoredValue value = values.getOrDefault(key, deleted.get(key));
        return value == null ? StoredValue.absent(key) : value;
    }

    /// The peer is told the values of keys that are new to it.
    void observe(Seat seat, List<String> keys, Consumer<CommandResult> reply) {
        Set<String> wanted = new LinkedHashSet<>(keys);
        if (wanted.size() > MAX_KEYS) {
            reply.accept(new CommandResult.Refused(400, "a peer observes at most " + MAX_KEYS + " keys"));
            return;
        }
        if (!wanted.stream().allMatch(SessionStore::isKey)) {
            reply.accept(badKey());
            return;
        }
        Set<String> fresh = new LinkedHashSet<>(wanted);
        fresh.removeAll(seat.observed);
        seat.observed = wanted;
        reply.accept(new CommandResult.Done());
        tell(seat, fresh.stream().map(values::get).toList());
    }

    /// The values of all keys a peer observes, also of those deleted while it may have been away.
    void tellAgain(Seat seat) {
        tell(
                seat,
                seat.observed.stream()
                        .map(key -> values.getOrDefault(key, deleted.get(key)))
                        .toList());
    }

    private static void tell(Seat seat, List<@Nullable StoredValue> found) {
        List<StoredValue> known = new ArrayList<>();
        for (StoredValue value : found) {
            if (value != null) {
                known.add(value);
            }
        }
        if (!known.isEmpty()) {
            seat.deliver(new PeerNotice.ValuesChanged(known));
        }
    }

    private static boolean isKey(String key) {
        return !key.isBlank() && key.length() <= MAX_KEY_LENGTH;
    }

    private static CommandResult.Refused badKey() {
        return new CommandResult.Refused(400, "a key has 1 to " + MAX_KEY_LENGTH + " characters");
    }

    private static int bytes(@Nullable String data) {
        return data == null ? 0 : data.getBytes(StandardCharsets.UTF_8).length;
    }
}
