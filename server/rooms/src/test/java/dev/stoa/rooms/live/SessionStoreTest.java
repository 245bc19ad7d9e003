package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Protocol sections 2.12 and 3.6.3; limits as published: 100 keys, 1 KB a value, 64 KB together.
class SessionStoreTest {
    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private CommandResult set(Client client, String key, String data) {
        return client.send(new PeerCommand.SetValue(key, data, null));
    }

    private CommandResult setIf(String key, String data, long version) {
        // Two seconds, so that no test meets the limit of requests.
        room.pass(2000);
        return host.send(new PeerCommand.SetValue(key, data, version));
    }

    private static StoredValue value(CommandResult result) {
        return ((CommandResult.Value) result).value();
    }

    private static int code(CommandResult result) {
        return result instanceof CommandResult.Refused(int code, String message) ? code : 0;
    }

    @Test
    void aValueIsReadAsItWasSet() {
        StoredValue set = value(set(host, "spotlight", "{\"peer\":\"p-2\"}"));

        assertThat(set).isEqualTo(new StoredValue("spotlight", "{\"peer\":\"p-2\"}", room.nowMs, "host", 1));
        assertThat(guest.send(new PeerCommand.GetValue("spotlight"))).isEqualTo(new CommandResult.Value(set));
        assertThat(guest.send(new PeerCommand.GetValue("other")))
                .isEqualTo(new CommandResult.Value(StoredValue.absent("other")));
    }

    @Test
    void observersHearOfTheirKeysOnly() {
        guest.send(new PeerCommand.Observe(List.of("a")));
        guest.forget();

        set(host, "b", "1");
        StoredValue a = value(set(host, "a", "2"));

        assertThat(guest.received).containsExactly(new PeerNotice.ValuesChanged(List.of(a)));
        assertThat(host.notices(PeerNotice.ValuesChanged.class)).isEmpty();
    }

    @Test
    void aLateObserverGetsThePresentValuesAfterItsReply() {
        StoredValue a = value(set(host, "a", "1"));
        StoredValue b = value(set(host, "b", "2"));
        guest.forget();

        guest.send(new PeerCommand.Observe(List.of("a", "nothing")));
        assertThat(guest.received).containsExactly(new CommandResult.Done(), new PeerNotice.ValuesChanged(List.of(a)));
        guest.forget();

        guest.send(new PeerCommand.Observe(List.of("a", "b")));
        assertThat(guest.received)
                .as("only what is new to it")
                .containsExactly(new CommandResult.Done(), new PeerNotice.ValuesChanged(List.of(b)));
    }

    @Test
    void anObserversListReplacesTheOneBefore() {
        guest.send(new PeerCommand.Observe(List.of("a")));
        guest.send(new PeerCommand.Observe(List.of("b")));
        set(host, "a", "1");
        assertThat(guest.notices(PeerNotice.ValuesChanged.class)).isEmpty();

        guest.send(new PeerCommand.Observe(List.of()));
        set(host, "b", "1");
        assertThat(guest.notices(PeerNotice.ValuesChanged.class)).isEmpty();
    }

    @Test
    void observedKeysSurviveAReconnectAndTheirValuesComeAgain() {
        guest.send(new PeerCommand.Observe(List.of("a", "b", "never")));
        set(host, "a", "1");
        set(host, "b", "1");
        guest.drop();
        StoredValue a = value(set(host, "a", "2"));
        StoredValue b = value(set(host, "b", null));

        Client back = guest.comeBack();

        assertThat(back.last(PeerNotice.ValuesChanged.class).values()).containsExactly(a, b);
        assertThat(b.data()).isNull();
        assertThat(back.kinds().indexOf("ValuesChanged"))
                .isGreaterThan(back.kinds().indexOf("PeerList"));
        StoredValue later = value(set(host, "a", "3"));
        assertThat(back.last(PeerNotice.ValuesChanged.class).values()).containsExactly(later);
    }

    @Test
    void versionsGrowAndGuardChanges() {
        long first = value(set(host, "k", "1")).version();
        long second = value(setIf("k", "2", first)).version();
        assertThat(second).isGreaterThan(first);

        assertThat(code(setIf("k", "3", first))).isEqualTo(409);
        assertThat(code(setIf("k", "3", 0))).as("there is a value").isEqualTo(409);
        assertThat(code(setIf("other", "3", 7))).as("there is none").isEqualTo(409);
        assertThat(value(setIf("other", "3", 0)).data()).isEqualTo("3");
        assertThat(value(guest.send(new PeerCommand.GetValue("k"))).data()).isEqualTo("2");
    }

    @Test
    void aVersionFromBeforeADeletionNeverFitsAgain() {
        long first = value(set(host, "k", "1")).version();
        set(host, "k", null);

        assertThat(code(setIf("k", "2", first))).isEqualTo(409);
        assertThat(code(setIf("k", "2", 0))).isZero();
        assertThat(code(setIf("k", "3", first))).isEqualTo(409);
    }

    @Test
    void aHundredKeysFitAndDeletedOnesMakeRoom() {
        for (int i = 0; i < 100; i++) {
            assertThat(code(set(host, "k" + i, "1"))).isZero();
        }
        assertThat(code(set(host, "more", "1"))).isEqualTo(400);
        assertThat(code(set(host, "k5", "2"))).isZero();
        set(host, "k7", null);
        assertThat(code(set(host, "more", "1"))).isZero();
    }

    @Test
    void aValueHasAtMostAKilobyteOfUtf8() {
        String most = "\"" + "ü".repeat(511) + "\"";

        assertThat(code(set(host, "k", most))).isZero();
        assertThat(code(set(host, "k", most + " "))).isEqualTo(400);
        assertThat(value(host.send(new PeerCommand.GetValue("k"))).data()).isEqualTo(most);
    }

    @Test
    void allValuesTogetherHaveAtMost64Kilobytes() {
        String kilobyte = "\"" + "x".repeat(1022) + "\"";
        for (int i = 0; i < 64; i++) {
            assertThat(code(set(host, "k" + i, kilobyte))).isZero();
        }
        assertThat(code(set(host, "more", "1"))).isEqualTo(400);
        assertThat(code(set(host, "k0", "1"))).isZero();
        assertThat(code(set(host, "more", "1"))).isZero();
    }

    @Test
    void keysAreBounded() {
        List<String> tooMany =
                new ArrayList<>(IntStream.range(0, 101).mapToObj(i -> "k" + i).toList());

        assertThat(code(set(host, " ", "1"))).isEqualTo(400);
        assertThat(code(set(host, "k".repeat(129), "1"))).isEqualTo(400);
        assertThat(code(guest.send(new PeerCommand.Observe(tooMany)))).isEqualTo(400);
        assertThat(code(guest.send(new PeerCommand.Observe(List.of(""))))).isEqualTo(400);
        tooMany.removeLast();
        assertThat(code(guest.send(new PeerCommand.Observe(tooMany)))).isZero();
    }

    @Test
    void valuesEndWithTheSession() {
        set(host, "k", "1");
        host.send(new PeerCommand.Leave(""));
        guest.send(new PeerCommand.Leave(""));

        Client next = room.join("host", "next");

        assertThat(next.send(new PeerCommand.GetValue("k")))
                .isEqualTo(new CommandResult.Value(StoredValue.absent("k")));
    }

    @Test
    void whoHasNotJoinedHasNoStore() {
        assertThat(code(set(room.connect("guest", "early"), "k", "1"))).isEqualTo(400);
    }
}
