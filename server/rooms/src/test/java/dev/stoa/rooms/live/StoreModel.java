package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the values of a session must be, said a second time in the simplest way, and held against the room.
final class StoreModel {
    private final Map<String, StoredValue> values = new LinkedHashMap<>();
    private final Map<String, List<String>> writers = new LinkedHashMap<>();
    /// From which of the things a client received on it has to know a key it observes.
    private final Map<Client, Map<String, Integer>> observed = new LinkedHashMap<>();
    private long version;

    /// A new session knows nothing of the last one.
    void sessionOver() {
        values.clear();
        writers.clear();
        version = 0;
    }

    /// @param role of the sender when it sent the command
    void sent(Client client, String role, PeerCommand command, CommandResult result) {
        switch (command) {
            case PeerCommand.SetValue set -> {
                if (changed(set.key(), role, result)) {
                    Long expected = set.ifVersion();
                    StoredValue old = values.get(set.key());
                    if (expected != null) {
                        assertThat(expected).isIn(old == null || old.data() == null ? 0L : old.version(), version(old));
                    }
                    take(result, set.data());
                }
            }
            case PeerCommand.AddToValue add -> {
                if (changed(add.key(), role, result)) {
                    take(result, Long.toString(Long.parseLong(data(add.key(), "0")) + add.by()));
                }
            }
            case PeerCommand.AppendToValue append -> {
                if (changed(append.key(), role, result)) {
                    String list = data(append.key(), "[]");
                    String items = list.substring(1, list.length() - 1);
                    take(result, "[" + (items.isEmpty() ? "" : items + ",") + append.item() + "]");
                }
            }
            case PeerCommand.ProtectValue protect -> {
                if (result instanceof CommandResult.Done) {
                    writers.put(protect.key(), protect.roles());
                }
            }
            case PeerCommand.Observe observe -> observes(client, observe.keys(), result);
            default -> {}
        }
    }

    private boolean changed(String key, String role, CommandResult result) {
        List<String> allowed = writers.getOrDefault(key, List.of());
        boolean done = result instanceof CommandResult.Value;
        if (!allowed.isEmpty() && !allowed.contains(role)) {
            assertThat(done)
                    .as("%s changed %s, kept for %s", role, key, allowed)
                    .isFalse();
        }
        return done;
    }

    private void take(CommandResult result, String data) {
        StoredValue now = ((CommandResult.Value) result).value();
        assertThat(now.data()).isEqualTo(data);
        assertThat(now.version()).isEqualTo(++version);
        values.put(now.key(), now);
    }

    private String data(String key, String otherwise) {
        StoredValue value = values.get(key);
        return value == null || value.data() == null ? otherwise : value.data();
    }

    private static long version(StoredValue value) {
        return value == null ? 0 : value.version();
    }

    private void observes(Client client, List<String> keys, CommandResult result) {
        if (!(result instanceof CommandResult.Done)) {
            return;
        }
        Map<String, Integer> before = observed.getOrDefault(client, Map.of());
        Map<String, Integer> now = new LinkedHashMap<>();
        // The answer to the command stands before what follows from it.
        int sinceAnswer = client.received.lastIndexOf(result);
        keys.forEach(key -> now.put(key, before.getOrDefault(key, sinceAnswer)));
        observed.put(client, now);
    }

    /// A peer goes on observing on its new connection, which has told it nothing yet.
    void cameBack(Client before, Client now) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        observed.getOrDefault(before, Map.of()).keySet().forEach(key -> keys.put(key, 0));
        observed.put(now, keys);
    }

    void check(TestRoom room, List<Client> inside) {
        List<RoomReply> replies = new ArrayList<>();
        room.room.serve(room.nowMs, new RoomRequest.ReadValues(null), replies::add);
        room.room.serve(room.nowMs, new RoomRequest.ReadHistory(null, 0, 1000), replies::add);
        if (!inside.isEmpty()) {
            assertThat(((RoomReply.Values) replies.getFirst()).values())
                    .containsExactlyInAnyOrderElementsOf(values.values().stream()
                            .filter(value -> value.data() != null)
                            .toList());
            assertThat(((RoomReply.Values) replies.getLast()).values())
                    .extracting(StoredValue::version)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        inside.forEach(this::knowsWhatItObserves);
    }

    private void knowsWhatItObserves(Client client) {
        observed.getOrDefault(client, Map.of()).forEach((key, since) -> {
            StoredValue told = told(client, key, since);
            StoredValue now = values.get(key);
            if (now != null && now.data() != null) {
                assertThat(told).isEqualTo(now);
            } else if (told != null) {
                assertThat(told.data()).isNull();
            }
        });
    }

    private static StoredValue told(Client client, String key, int since) {
        StoredValue last = null;
        for (Object received : client.received.subList(since, client.received.size())) {
            if (received instanceof PeerNotice.ValuesChanged(List<StoredValue> changed)) {
                for (StoredValue value : changed) {
                    last = value.key().equals(key) ? value : last;
                }
            }
        }
        return last;
    }
}
