package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Lost connections: protocol section 4.12, in virtual time.
class ReconnectTest {
    private final TestRoom room = new TestRoom();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    @Test
    void nobodyHearsOfALostConnectionWithinTheGracePeriod() {
        guest.publish(Rooms.track("t", "audio", "regular"));
        host.forget();

        guest.drop();
        room.pass(TestRoom.GRACE_MS - 1);

        assertThat(host.received).isEmpty();
        assertThat(room.join("host", "late").knownPeers()).containsExactly("host", "guest");
        assertThat(room.media.offered("late", "t")).isTrue();
    }

    @Test
    void theGracePeriodEndsWithALeave() {
        guest.publish(Rooms.track("t", "audio", "regular"));
        guest.drop();
        host.forget();

        assertThat(room.room.nextDeadlineMs()).isEqualTo(room.nowMs + TestRoom.GRACE_MS);
        room.pass(TestRoom.GRACE_MS);

        assertThat(host.kinds()).containsExactly("PeerLeft", "SubscribeOffer");
        assertThat(room.media.isOpen("guest")).isFalse();
        assertThat(room.media.offered("host", "t")).isFalse();
        assertThat(room.events.getLast())
                .isInstanceOfSatisfying(
                        RoomEvent.PeerGone.class,
                        gone -> assertThat(gone.lost()).isTrue());
        assertThat(room.room.nextDeadlineMs())
                .as("only the limit of the session")
                .isGreaterThan(room.nowMs + 3_600_000);
    }

    @Test
    void whoComesBackGoesOnWithoutJoining() {
        guest.drop();
        room.pass(TestRoom.GRACE_MS - 1);
        host.forget();

        Client back = guest.comeBack();
        room.pass(TestRoom.GRACE_MS);

        assertThat(back.kinds()).containsExactly("PolicyChanged", "RoomInfo", "PeerList");
        assertThat(back.knownPeers()).containsExactly("host");
        assertThat(room.media.log).contains("resume guest");
        assertThat(back.publish(Rooms.track("t", "audio", "regular"))).isInstanceOf(CommandResult.Answered.class);
        assertThat(host.kinds()).containsExactly("TracksAdded", "SubscribeOffer");
    }

    @Test
    void theNewestConnectionWinsAndTheOldOneClosingLaterChangesNothing() {
        Client back = guest.comeBack();

        assertThat(guest.closed).isTrue();
        guest.drop();
        room.pass(2 * TestRoom.GRACE_MS);

        assertThat(host.notices(PeerNotice.PeerLeft.class)).isEmpty();
        assertThat(guest.send(new PeerCommand.Broadcast("chat", "x", List.of(), null)))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(409));
        assertThat(back.send(new PeerCommand.Broadcast("chat", "x", List.of(), null)))
                .isInstanceOf(CommandResult.Sent.class);
    }

    @Test
    void offersWaitUntilThePeerIsBack() {
        guest.drop();
        guest.forget();
        host.publish(Rooms.track("t", "audio", "regular"));

        assertThat(guest.received).isEmpty();

        Client back = guest.comeBack();
        assertThat(back.last(PeerNotice.SubscribeOffer.class).sdp()).isEqualTo("offer [t]");
        assertThat(back.last(PeerNotice.PeerList.class).peers().getFirst().tracks())
                .hasSize(1);
    }

    @Test
    void theMediaChannelMayOutliveTheConnection() {
        host.publish(Rooms.track("v", "video", "regular"));
        guest.drop();

        room.room.channelText("guest", "{}");

        assertThat(guest.channel).containsExactly("{}");
        assertThat(guest.send(new PeerCommand.PreferVideo("v", "low"))).isInstanceOf(CommandResult.Done.class);
    }

    @Test
    void leaveIsSeenAtOnceAndAlsoEndsAPeerThatWasAway() {
        guest.send(new PeerCommand.Leave("user request"));

        assertThat(host.last(PeerNotice.PeerLeft.class).peer().peerId()).isEqualTo("guest");
        guest.drop();
        room.pass(TestRoom.GRACE_MS);
        assertThat(host.notices(PeerNotice.PeerLeft.class)).hasSize(1);
        assertThat(guest.send(new PeerCommand.Broadcast("chat", "x", List.of(), null)))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(410));
    }

    @Test
    void mediaLostWhileAwayIsToldOnReturn() {
        guest.drop();
        room.room.mediaLost(room.nowMs, "guest");

        Client back = guest.comeBack();

        assertThat(back.kinds()).containsExactly("PolicyChanged", "RoomInfo", "NodeInfo", "PeerList");
        assertThat(back.last(PeerNotice.NodeInfo.class).nodeId()).isNotEqualTo(TestRoom.NODE);
    }

    @Test
    void aStoppingServerSendsEverybodyAway() {
        Client preview = room.connect("guest", "preview");

        room.room.end(room.nowMs, "the server stops");

        for (Client client : List.of(host, guest, preview)) {
            assertThat(client.last(PeerNotice.LeaveRequested.class).roomEnd()).isTrue();
            assertThat(client.closed).isTrue();
        }
        assertThat(room.room.isEmpty()).isTrue();
        assertThat(room.eventKinds()).endsWith("PeerGone", "PeerGone", "SessionClosed");
    }
}
