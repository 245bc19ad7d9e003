package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the session store can do beyond the protocol of others: sums, lists, protected keys, history, backends.
class SessionStoreExtrasTest {
    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private static StoredValue value(CommandResult result) {
        return ((CommandResult.Value) result).value();
    }

    private static int code(CommandResult result) {
        return result instanceof CommandResult.Refused(int code, String message) ? code : 0;
    }

    private CommandResult set(String key, String data) {
        return host.send(new PeerCommand.SetValue(key, data, null));
    }

    private RoomReply ask(RoomRequest request) {
        List<RoomReply> replies = new ArrayList<>();
        room.room.serve(room.nowMs, request, replies::add);
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    @Test
    void aSumStartsAtZeroAndIsToldToObservers() {
        guest.send(new PeerCommand.Observe(List.of("likes")));
        host.send(new PeerCommand.AddToValue("likes", 2));

        StoredValue sum = value(guest.send(new PeerCommand.AddToValue("likes", -5)));

        assertThat(sum).isEqualTo(new StoredValue("likes", "-3", room.nowMs, "guest", 2));
        assertThat(guest.last(PeerNotice.ValuesChanged.class).values()).containsExactly(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "1.5", "1e9", "null", "[]", "99999999999999999999"})
    void onlyWholeNumbersAreAddedTo(String data) {
        set("k", data);

        assertThat(code(guest.send(new PeerCommand.AddToValue("k", 1)))).isEqualTo(409);
        assertThat(value(guest.send(new PeerCommand.GetValue("k"))).data()).isEqualTo(data);
    }

    @Test
    void aSumThatDoesNotFitIsRefused() {
        set("k", Long.toString(Long.MAX_VALUE));

        assertThat(code(host.send(new PeerCommand.AddToValue("k", 1)))).isEqualTo(409);
    }

    @Test
    void aListGrowsAtItsEnd() {
        host.send(new PeerCommand.AppendToValue("list", "{\"a\":1}"));
        guest.send(new PeerCommand.AppendToValue("list", "null"));

        assertThat(value(host.send(new PeerCommand.AppendToValue("list", "[]"))).data())
                .isEqualTo("[{\"a\":1},null,[]]");
    }

    @Test
    void onlyListsAreAppendedToAndTheyHaveTheLimitOfAValue() {
        set("text", "\"[]\"");
        assertThat(code(host.send(new PeerCommand.AppendToValue("text", "1")))).isEqualTo(409);

        set("long", "[\"" + "x".repeat(1000) + "\"]");
        assertThat(code(host.send(new PeerCommand.AppendToValue("long", "\"" + "y".repeat(30) + "\""))))
                .isEqualTo(400);
    }

    @Test
    void aProtectedKeyIsChangedByItsRolesOnly() {
        assertThat(host.send(new PeerCommand.ProtectValue("k", List.of("host"))))
                .isEqualTo(new CommandResult.Done());

        assertThat(code(guest.send(new PeerCommand.SetValue("k", "1", null)))).isEqualTo(403);
        assertThat(code(guest.send(new PeerCommand.AddToValue("k", 1)))).isEqualTo(403);
        assertThat(code(guest.send(new PeerCommand.AppendToValue("k", "1")))).isEqualTo(403);
        assertThat(code(set("k", "1"))).isZero();
        assertThat(code(guest.send(new PeerCommand.GetValue("k")))).isZero();
        assertThat(code(guest.send(new PeerCommand.SetValue("other", "1", null))))
                .isZero();
    }

    @Test
    void aKeyStaysProtectedWhenItsValueIsDeletedAndIsGivenBack() {
        host.send(new PeerCommand.ProtectValue("k", List.of("host")));
        set("k", "1");
        set("k", null);
        assertThat(code(guest.send(new PeerCommand.SetValue("k", "1", null)))).isEqualTo(403);

        host.send(new PeerCommand.ProtectValue("k", List.of()));
        assertThat(code(guest.send(new PeerCommand.SetValue("k", "1", null)))).isZero();
    }

    @Test
    void protectingNeedsThePermissionToChangeRoles() {
        assertThat(code(guest.send(new PeerCommand.ProtectValue("k", List.of("guest")))))
                .isEqualTo(403);
        assertThat(code(host.send(new PeerCommand.ProtectValue("", List.of("host")))))
                .isEqualTo(400);
    }

    @Test
    void aSessionProtectsAHundredKeysAtMost() {
        for (int i = 0; i < 100; i++) {
            room.pass(1000);
            assertThat(code(host.send(new PeerCommand.ProtectValue("k" + i, List.of("host")))))
                    .isZero();
        }
        assertThat(code(host.send(new PeerCommand.ProtectValue("more", List.of("host")))))
                .isEqualTo(400);
        assertThat(code(host.send(new PeerCommand.ProtectValue("k1", List.of("guest")))))
                .isZero();
    }

    private List<String> history(String key, long after, int limit) {
        CommandResult result = guest.send(new PeerCommand.ReadHistory(key, after, limit));
        return ((CommandResult.Values) result)
                .values().stream()
                        .map(value -> value.key() + value.version() + "=" + value.data())
                        .toList();
    }

    @Test
    void historyTellsChangesInTheirOrder() {
        set("a", "1");
        host.send(new PeerCommand.AddToValue("b", 7));
        set("a", null);

        assertThat(history(null, 0, 10)).containsExactly("a1=1", "b2=7", "a3=null");
        assertThat(history("a", 0, 10)).containsExactly("a1=1", "a3=null");
        assertThat(history(null, 1, 1)).containsExactly("b2=7");
        assertThat(code(guest.send(new PeerCommand.ReadHistory(null, 0, 0)))).isEqualTo(400);
    }

    @Test
    void historyForgetsTheOldest() {
        IntStream.range(0, 300).forEach(i -> {
            room.pass(1000);
            set("k", "\"" + "x".repeat(1000) + "\"");
        });

        CommandResult.Values kept = (CommandResult.Values) guest.send(new PeerCommand.ReadHistory(null, 0, 1));

        assertThat(kept.values().getFirst().version()).isBetween(30L, 60L);
    }

    @Test
    void aSessionTakesEverythingWithIt() {
        host.send(new PeerCommand.ProtectValue("k", List.of("host")));
        set("k", "1");
        host.send(new PeerCommand.EndRoom(false, ""));

        Client late = room.join("guest", "late");

        assertThat(late.send(new PeerCommand.ReadHistory(null, 0, 10))).isEqualTo(new CommandResult.Values(List.of()));
        assertThat(code(late.send(new PeerCommand.SetValue("k", "1", null)))).isZero();
    }

    @Test
    void backendsReadAndChangeWithoutARole() {
        host.send(new PeerCommand.ProtectValue("k", List.of("host")));
        guest.send(new PeerCommand.Observe(List.of("k")));

        RoomReply changed = ask(new RoomRequest.ChangeValue("k", new ValueChange.Put("1", null)));

        StoredValue value = new StoredValue("k", "1", room.nowMs, "api", 1);
        assertThat(changed).isEqualTo(new RoomReply.Values(List.of(value)));
        assertThat(guest.last(PeerNotice.ValuesChanged.class).values()).containsExactly(value);
        assertThat(ask(new RoomRequest.ReadValues(null))).isEqualTo(new RoomReply.Values(List.of(value)));
        assertThat(ask(new RoomRequest.ReadValues("none")))
                .isEqualTo(new RoomReply.Values(List.of(StoredValue.absent("none"))));
        assertThat(ask(new RoomRequest.ReadHistory("k", 0, 10))).isEqualTo(new RoomReply.Values(List.of(value)));
        assertThat(ask(new RoomRequest.ProtectValue("k", List.of()))).isEqualTo(new RoomReply.Done());
        assertThat(ask(new RoomRequest.ChangeValue("k", new ValueChange.Put("2", 9L))))
                .isInstanceOfSatisfying(
                        RoomReply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(409));
    }
}
