package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.template.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Waiting rooms and breakout rooms need nothing but roles: who hears whom follows from them at once.
class RoomPatternsTest {
    private static final List<String> AUDIO = List.of("audio");

    private static TestRoom room(Role... roles) {
        return new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), List.of(roles)));
    }

    private static Role host(String... hears) {
        return Rooms.with(Rooms.role("host", AUDIO, List.of(hears), 0, false), Rooms.ALL_RIGHTS);
    }

    private static void speaks(Client client) {
        assertThat(client.publish(Rooms.track("voice-" + client.id, "audio", "regular")))
                .isInstanceOf(CommandResult.Answered.class);
    }

    private static boolean hears(TestRoom room, Client listener, Client speaker) {
        return room.media.offered(listener.id, "voice-" + speaker.id);
    }

    @Test
    void whoWaitsIsSeenButHearsAndSaysNothingUntilLetIn() {
        TestRoom room = room(
                host("host", "guest"),
                Rooms.role("guest", AUDIO, List.of("host", "guest"), 0, false),
                Rooms.role("waiting", List.of(), List.of(), 0, false));
        Client host = room.join("host", "h");
        speaks(host);
        Client guest = room.join("waiting", "g");

        assertThat(host.last(PeerNotice.PeerJoined.class).peer().role()).isEqualTo("waiting");
        assertThat(hears(room, guest, host)).isFalse();
        assertThat(guest.last(PeerNotice.PeerList.class).peers())
                .allSatisfy(peer -> assertThat(peer.tracks()).isEmpty());
        assertThat(guest.publish(Rooms.track("voice-g", "audio", "regular"))).isInstanceOf(CommandResult.Refused.class);

        host.send(new PeerCommand.ChangeRole("g", "guest", true));

        assertThat(hears(room, guest, host)).isTrue();
        speaks(guest);
        assertThat(hears(room, host, guest)).isTrue();
    }

    @Test
    void breakoutRoomsHearTheirOwnAndTheHostGoesFromOneToTheOther() {
        TestRoom room = room(
                host("host", "plenary", "red", "blue"),
                Rooms.role("plenary", AUDIO, List.of("host", "plenary"), 0, false),
                Rooms.role("red", AUDIO, List.of("red"), 0, false),
                Rooms.role("blue", AUDIO, List.of("blue"), 0, false));
        Client host = room.join("host", "h");
        List<Client> people = List.of("a", "b", "c", "d").stream()
                .map(id -> room.join("plenary", id))
                .toList();
        speaks(host);
        people.forEach(RoomPatternsTest::speaks);
        assertThat(hears(room, people.get(0), people.get(3))).isTrue();

        for (int i = 0; i < people.size(); i++) {
            host.send(new PeerCommand.ChangeRole(people.get(i).id, i < 2 ? "red" : "blue", true));
        }

        assertThat(hears(room, people.get(0), people.get(1))).isTrue();
        assertThat(hears(room, people.get(0), people.get(3))).isFalse();
        assertThat(hears(room, people.get(3), people.get(2))).isTrue();
        assertThat(hears(room, people.get(3), host)).isFalse();
        assertThat(hears(room, host, people.get(3))).isTrue();

        host.send(new PeerCommand.ChangeRoles(List.of("red", "blue"), "plenary"));

        for (Client one : people) {
            assertThat(people).allMatch(other -> other == one || hears(room, one, other));
        }
    }

    @Test
    void messagesOfABreakoutRoomStayInsideIt() {
        TestRoom room = room(
                host("host", "red", "blue"),
                Rooms.role("red", AUDIO, List.of("red"), 0, false),
                Rooms.role("blue", AUDIO, List.of("blue"), 0, false));
        Client red = room.join("red", "a");
        Client other = room.join("red", "b");
        Client blue = room.join("blue", "c");

        red.send(new PeerCommand.Broadcast("chat", "red only", List.of("red"), null));

        assertThat(other.last(PeerNotice.MessageReceived.class).message().text())
                .isEqualTo("red only");
        assertThat(blue.notices(PeerNotice.MessageReceived.class)).isEmpty();
    }
}
