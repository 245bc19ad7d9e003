package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// How long a session lasts and how fast a peer may talk.
class LimitsTest {
    private static final long HOUR_MS = 3_600_000;

    private static CommandResult say(Client client) {
        return client.send(new PeerCommand.Broadcast("chat", "x", List.of(), null));
    }

    private static void ends(TestRoom room, long afterMs) {
        Client host = room.join("host", "host");
        Client guest = room.join("guest", "guest");
        room.pass(afterMs - 1);
        assertThat(host.closed).isFalse();

        room.pass(1);

        assertThat(host.last(PeerNotice.LeaveRequested.class))
                .isEqualTo(new PeerNotice.LeaveRequested(null, "the session has reached its time limit", true));
        assertThat(host.closed && guest.closed).isTrue();
        assertThat(room.events.getLast()).isInstanceOf(RoomEvent.SessionClosed.class);
        assertThat(room.media.offeredTracks).isEmpty();
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        ends(new TestRoom(), 12 * HOUR_MS);
    }

    @Test
    void aRoomMaySetLess() {
        ends(new TestRoom(Rooms.room(true, null, 120), Rooms.template()), 120_000);
    }

    @Test
    void aRoomCannotSetMore() {
        ends(new TestRoom(Rooms.room(true, null, 100_000), Rooms.template()), 12 * HOUR_MS);
    }

    @Test
    void theNextSessionHasItsOwnTime() {
        TestRoom room = new TestRoom();
        room.join("host", "host");
        room.pass(12 * HOUR_MS);

        Client next = room.join("host", "next");
        room.pass(12 * HOUR_MS - 1);

        assertThat(next.closed).isFalse();
        assertThat(room.room.nextDeadlineMs()).isEqualTo(room.nowMs + 1);
    }

    @Test
    void anEmptyRoomWaitsForNothing() {
        assertThat(new TestRoom().room.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPeerThatTalksTooFastIsToldAndMayGoOnLater() {
        TestRoom room = new TestRoom();
        Client host = room.join("host", "host");
        Client guest = room.join("guest", "guest");
        for (int i = 0; i < 60; i++) {
            assertThat(say(host)).isInstanceOf(CommandResult.Sent.class);
        }

        assertThat(say(host))
                .isEqualTo(new CommandResult.Refused(429, "too many messages of this peer; slow down and try again"));
        assertThat(say(guest)).as("others are not concerned").isInstanceOf(CommandResult.Sent.class);
        assertThat(guest.notices(PeerNotice.MessageReceived.class)).hasSize(60);
        room.pass(50);
        assertThat(say(host)).isInstanceOf(CommandResult.Sent.class);
        assertThat(say(host)).isInstanceOf(CommandResult.Refused.class);
    }

    @Test
    void otherRequestsHaveTheirOwnLimit() {
        TestRoom room = new TestRoom();
        Client host = room.join("host", "host");
        for (int i = 0; i < 200; i++) {
            assertThat(host.send(new PeerCommand.UpdateProfile("n" + i, null))).isEqualTo(new CommandResult.Done());
        }

        assertThat(host.send(new PeerCommand.GetPeer("host")))
                .isEqualTo(new CommandResult.Refused(429, "too many requests of this peer; slow down and try again"));
        assertThat(say(host)).isInstanceOf(CommandResult.Sent.class);
    }

    @Property
    void noMoreThanBurstAndRateIsEverTaken(
            @ForAll @IntRange(min = 1, max = 50) int rate,
            @ForAll @IntRange(min = 1, max = 100) int burst,
            @ForAll @Size(max = 200) List<@IntRange(max = 5000) Integer> pauses) {
        long now = 1_700_000_000_000L;
        RateLimit limit = new RateLimit(rate, burst, now);
        long taken = 0;
        long passed = 0;
        for (int pause : pauses) {
            passed += pause;
            if (limit.take(now + passed)) {
                taken++;
            }
        }

        assertThat(taken * 1000).isLessThanOrEqualTo(burst * 1000L + passed * rate);
    }
}
