package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Before `join`: protocol sections 3.1.1, 3.4.3, 4.13.
class PreviewTest {
    private final TestRoom room = new TestRoom();

    @Test
    void policyComesFirstAndNamesTheOwnRole() {
        Client guest = room.connect("guest", "p1");

        assertThat(guest.received.getFirst()).isInstanceOf(PeerNotice.PolicyChanged.class);
        PolicyView policy = guest.last(PeerNotice.PolicyChanged.class).policy();
        assertThat(policy.role()).isEqualTo("guest");
        assertThat(policy.roles()).containsKeys("host", "guest", "viewer");
    }

    @Test
    void aPeerInPreviewIsInNoList() {
        Client host = room.join("host", "p1");
        host.forget();

        Client guest = room.connect("guest", "p2");

        assertThat(host.received).isEmpty();
        assertThat(room.join("host", "p3").knownPeers()).containsExactly("p1");
        guest.drop();
        assertThat(host.kinds()).containsExactly("PeerJoined");
    }

    @Test
    void roomStateIsShownToRolesThatMaySeeItAndFollowsChanges() {
        room.join("host", "p1");
        Client guest = room.connect("guest", "p2");
        Client viewer = room.connect("viewer", "p3");

        assertThat(guest.last(PeerNotice.RoomState.class).peerCount()).isOne();
        assertThat(guest.last(PeerNotice.RoomState.class).peers())
                .extracting(PeerView::peerId)
                .containsExactly("p1");
        assertThat(viewer.notices(PeerNotice.RoomState.class)).isEmpty();

        room.join("host", "p4");
        assertThat(guest.last(PeerNotice.RoomState.class).peerCount()).isEqualTo(2);
    }

    @Test
    void templateMayKeepThePeerListOutOfRoomState() {
        TestRoom counted = new TestRoom(
                Rooms.room(true, null),
                Rooms.template(
                        Map.of("roomState", Map.of("sendPeerList", false)),
                        List.of(Rooms.role("guest", Rooms.ALL, List.of("guest"), 0, true))));
        counted.join("guest", "p1");

        PeerNotice.RoomState state = counted.connect("guest", "p2").last(PeerNotice.RoomState.class);

        assertThat(state.peerCount()).isOne();
        assertThat(state.peers()).isNull();
    }

    @Test
    void aSecondConnectionInPreviewReplacesTheFirst() {
        Client first = room.connect("guest", "p1");
        Client second = room.connect("guest", "p1");

        assertThat(first.closed).isTrue();
        assertThat(first.join()).isInstanceOf(CommandResult.Refused.class);
        assertThat(second.join()).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void theLastOneInPreviewLeavesAnEmptyRoom() {
        Client guest = room.connect("guest", "p1");
        assertThat(room.room.isEmpty()).isFalse();

        guest.drop();

        assertThat(room.room.isEmpty()).isTrue();
        assertThat(room.events).isEmpty();
    }

    @Test
    void requestsBeforeJoinAreRefusedWithoutHarm() {
        Client guest = room.connect("guest", "p1");
        List<PeerCommand> early = List.of(
                new PeerCommand.Offer("sdp", List.of(), null),
                new PeerCommand.Answer("sdp", null),
                new PeerCommand.Trickle(new IceCandidateText(0, "", "0", 0)),
                new PeerCommand.Broadcast("chat", "hello", List.of(), null),
                new PeerCommand.PreferVideo("t", "high"),
                new PeerCommand.PreferAudio("t", true));

        for (PeerCommand command : early) {
            assertThat(guest.send(command)).isEqualTo(new CommandResult.Refused(400, "join the room first"));
        }
        assertThat(guest.send(new PeerCommand.UpdateTracks(List.of()))).isInstanceOf(CommandResult.Done.class);
        assertThat(guest.notices(PeerNotice.Failed.class)).isEmpty();
        assertThat(guest.join()).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void aPeerThatBelievesItIsInsideIsToldThatItsPlaceIsGone() {
        Client lost = room.connect("guest", "p1");

        lost.send(new PeerCommand.Offer("sdp", List.of(), "node-of-yesterday"));

        assertThat(lost.last(PeerNotice.Failed.class).code()).isEqualTo(410);
    }
}
