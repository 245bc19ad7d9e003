package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A session lives from the first join to the last leave.
class SessionTest {
    private final TestRoom room = new TestRoom();

    @Test
    void opensWithTheFirstJoinAndClosesWithTheLastLeave() {
        Client host = room.join("host", "p1");
        Client guest = room.join("guest", "p2");
        host.send(new PeerCommand.Leave(""));
        room.pass(1000);
        guest.send(new PeerCommand.Leave(""));

        assertThat(room.eventKinds())
                .containsExactly(
                        "SessionOpened", "PeerEntered", "PeerEntered", "PeerGone", "PeerGone", "SessionClosed");
        assertThat(((RoomEvent.SessionClosed) room.events.getLast()).session().endedAt())
                .isEqualTo(Instant.ofEpochMilli(room.nowMs));
        assertThat(room.room.isEmpty()).isTrue();
    }

    @Test
    void previewOpensNone() {
        Client guest = room.connect("guest", "p1");

        assertThat(guest.last(PeerNotice.RoomState.class).room().sessionId()).isEmpty();
        assertThat(room.events).isEmpty();
    }

    @Test
    void aPeerThatIsOnlyDisconnectedKeepsTheSession() {
        Client host = room.join("host", "p1");
        host.drop();
        String before =
                ((RoomEvent.SessionOpened) room.events.getFirst()).session().id();

        Client back = host.comeBack();

        assertThat(back.last(PeerNotice.PeerList.class).room().sessionId()).isEqualTo(before);
        assertThat(room.eventKinds()).doesNotContain("SessionClosed");
    }

    @Test
    void theNextUseOfTheRoomIsAnotherSession() {
        room.join("host", "p1").send(new PeerCommand.Leave(""));
        room.join("host", "p2");

        assertThat(room.events.stream()
                        .filter(RoomEvent.SessionOpened.class::isInstance)
                        .map(event ->
                                ((RoomEvent.SessionOpened) event).session().id())
                        .distinct())
                .hasSize(2);
    }
}
