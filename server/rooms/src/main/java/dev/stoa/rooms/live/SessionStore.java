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
    /// Who changed a value that no peer did.
    static final String BACKEND = "api";

    private static final int MAX_KEYS = 100;
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_BYTES = 1024;
    private static final int MAX_TOTAL_BYTES = 64 * 1024;

    private final Roster roster;
    private final Map<String, StoredValue> values = new LinkedHashMap<>();
    /// Kept for observers that were away when a value was deleted.
    private final Map<String, StoredValue> deleted = new LinkedHashMap<>();
    /// Roles that may change a key; keys that everybody may change are not in it.
    private final Map<String, Set<String>> writers = new LinkedHashMap<>();
    private final ValueHistory history = new ValueHistory();
    private long version;
    private int totalBytes;

    SessionStore(Roster roster) {
        this.roster = roster;
    }

    void clear() {
        values.clear();
        deleted.clear();
        writers.clear();
        history.clear();
        version = 0;
        totalBytes = 0;
    }

    void change(long nowMs, Seat seat, String key, ValueChange change, Consumer<CommandResult> reply) {
        Set<String> allowed = writers.get(key);
        if (allowed != null && !allowed.contains(seat.role.name())) {
            reply.accept(new CommandResult.Refused(403, "only these roles may change the value: " + allowed));
        } else {
            change(nowMs, seat.peerId, key, change, reply);
        }
    }

    /// @param by peer id, or [#BACKEND]
    void change(long nowMs, String by, String key, ValueChange change, Consumer<CommandResult> reply) {
        StoredValue old = current(key);
        switch (outcome(old, change)) {
            case Outcome.Refused(CommandResult.Refused refusal) -> reply.accept(refusal);
            case Outcome.Data(@Nullable String data) -> {
                CommandResult.Refused refusal = refusal(key, data, old);
                if (refusal == null) {
                    apply(old, new StoredValue(key, data, nowMs, by, ++version), reply);
                } else {
                    reply.accept(refusal);
                }
            }
        }
    }

    private void apply(StoredValue old, StoredValue value, Consumer<CommandResult> reply) {
        put(old, value);
        history.add(value);
        reply.accept(new CommandResult.Value(value));
        PeerNotice notice = new PeerNotice.ValuesChanged(List.of(value));
        for (Seat observer : roster.all()) {
            if (observer.observed.contains(value.key())) {
                observer.deliver(notice);
            }
        }
    }

    /// What a value becomes.
    private sealed interface Outcome {
        record Data(@Nullable String data) implements Outcome {}

        record Refused(CommandResult.Refused refusal) implements Outcome {}
    }

    private static Outcome outcome(StoredValue old, ValueChange change) {
        return switch (change) {
            case ValueChange.Put(String data, Long expected) -> put(old, data, expected);
            case ValueChange.Add(long by) -> add(old, by);
            case ValueChange.Append(String item) -> append(old, item);
        };
    }

    private static Outcome put(StoredValue old, @Nullable String data, @Nullable Long expected) {
        long present = old.data() == null ? 0 : old.version();
        return expected == null || expected == present || expected == old.version()
                ? new Outcome.Data(data)
                : refused(
                        409,
                        "the value has version " + old.version() + ", not " + expected + "; read it and try again");
    }

    private static Outcome add(StoredValue old, long by) {
        String data = old.data() == null ? "0" : old.data();
        try {
            return new Outcome.Data(Long.toString(Math.addExact(Long.parseLong(data), by)));
        } catch (NumberFormatException | ArithmeticException notWhole) {
            return refused(409, "the value is not a whole number, or the sum does not fit into 64 bits");
        }
    }

    private static Outcome append(StoredValue old, String item) {
        String data = old.data() == null ? "[]" : old.data();
        if (!data.startsWith("[")) {
            return refused(409, "the value is not a list");
        }
        String items = data.substring(1, data.length() - 1);
        return new Outcome.Data("[" + (items.isBlank() ? "" : items + ",") + item + "]");
    }

    private static Outcome refused(int code, String message) {
        return new Outcome.Refused(new CommandResult.Refused(code, message));
    }

    private CommandResult.@Nullable Refused refusal(String key, @Nullable String data, StoredValue old) {
        if (!isKey(key)) {
            return badKey();
        }
        int bytes = bytes(data);
        if (bytes > MAX_VALUE_BYTES) {
            return new CommandResult.Refused(400, "a value has at most " + MAX_VALUE_BYTES + " bytes of JSON");
        }
        if (data != null && old.data() == null && values.size() == MAX_KEYS) {
            return new CommandResult.Refused(400, "a session has at most " + MAX_KEYS + " values");
        }
        return totalBytes - bytes(old.data()) + bytes > MAX_TOTAL_BYTES
                ? new CommandResult.Refused(400, "the values of a session have at most 64 KB together")
                : null;
    }

    CommandResult protect(Seat seat, String key, List<String> roles) {
        return seat.role.permissions().changeRole() ? protect(key, roles) : Refusals.lacks(seat, "changeRole");
    }

    /// Leaves changes of a key to some roles, whatever its value is or becomes; backends may always change it.
    ///
    /// @param roles empty = everybody again
    CommandResult protect(String key, List<String> roles) {
        if (!isKey(key)) {
            return badKey();
        }
        if (roles.isEmpty()) {
            writers.remove(key);
        } else if (writers.size() == MAX_KEYS && !writers.containsKey(key)) {
            return new CommandResult.Refused(400, "at most " + MAX_KEYS + " keys of a session are protected");
        } else {
            writers.put(key, new LinkedHashSet<>(roles));
        }
        return new CommandResult.Done();
    }

    /// @param key null = all keys
    /// @param limit most changes in the answer
    CommandResult history(@Nullable String key, long afterVersion, int limit) {
        return limit < 1
                ? new CommandResult.Refused(400, "limit is at least 1")
                : new CommandResult.Values(history.after(key, afterVersion, Math.min(limit, MAX_KEYS)));
    }

    List<StoredValue> all() {
        return List.copyOf(values.values());
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
