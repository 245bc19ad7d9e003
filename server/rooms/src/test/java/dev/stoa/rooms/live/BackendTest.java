package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Server API reference, section 5: what backends do in a running room.
class BackendTest {
    private static final TrackInfo MIC = Rooms.track("mic", "audio", "regular");

    private final TestRoom room = new TestRoom();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private RoomReply ask(RoomRequest request) {
        List<RoomReply> replies = new ArrayList<>();
        room.room.serve(room.nowMs, request, replies::add);
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    private void forgetAll() {
        List.of(host, guest).forEach(Client::forget);
    }

    @Test
    void thePeersInsideAreListed() {
        assertThat(ask(new RoomRequest.ReadRoom())).isInstanceOfSatisfying(RoomReply.RunningRoom.class, running -> {
            assertThat(running.peerIds()).containsExactly("host", "guest");
            assertThat(running.room().sessionId()).isNotEmpty();
        });
    }

    @Test
    void aRoomWithPreviewsOnlyIsNotRunning() {
        TestRoom quiet = new TestRoom();
        quiet.connect("host", "early");
        List<RoomReply> replies = new ArrayList<>();
        quiet.room.serve(quiet.nowMs, new RoomRequest.ReadRoom(), replies::add);
        assertThat(replies).containsExactly(new RoomReply.Refused(404, "active session not found"));
    }

    @Test
    void peersAreFilteredByRoleAndUserTogether() {
        assertThat(found("user-guest", null)).containsExactly("guest");
        assertThat(found(null, "host")).containsExactly("host");
        assertThat(found("user-guest", "host")).isEmpty();
        assertThat(found(null, null)).containsExactly("host", "guest");
    }

    private List<String> found(String userId, String role) {
        RoomReply.Peers peers = (RoomReply.Peers) ask(new RoomRequest.ReadPeers(userId, role));
        return peers.peers().stream().map(PeerView::peerId).toList();
    }

    @Test
    void aPeerIsShownWithItsTracksAndSinceWhen() {
        guest.publish(MIC);
        long published = room.nowMs;
        room.pass(5000);
        guest.send(new PeerCommand.UpdateTracks(List.of(MIC.withMute(true))));

        RoomReply.Peer peer = (RoomReply.Peer) ask(new RoomRequest.ReadPeer("guest"));

        assertThat(peer.peer().tracks()).containsExactly(MIC.withMute(true));
        assertThat(peer.startedAtMs()).containsEntry("mic", published);
        assertThat(ask(new RoomRequest.ReadPeer("nobody"))).isEqualTo(new RoomReply.Refused(404, "peer not found"));
    }

    @Test
    void aPeerIsChangedWithoutItsConsentAndWithoutPermissions() {
        guest.publish(MIC);
        forgetAll();

        RoomReply.Peer now =
                (RoomReply.Peer) ask(new RoomRequest.UpdatePeer("guest", "Renamed", "viewer", "{\"seat\":1}"));

        assertThat(now.peer().name()).isEqualTo("Renamed");
        assertThat(now.peer().role()).isEqualTo("viewer");
        assertThat(now.peer().metadata()).isEqualTo("{\"seat\":1}");
        assertThat(now.peer().tracks()).as("viewers publish nothing").isEmpty();
        assertThat(guest.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().name()).isEqualTo("Renamed");
        assertThat(host.last(PeerNotice.SessionInfo.class).trackCount()).isZero();
    }

    @Test
    void anUpdateIsAllOrNothing() {
        room.join("single", "only");
        forgetAll();

        assertThat(ask(new RoomRequest.UpdatePeer("guest", "Renamed", "single", null)))
                .isEqualTo(new RoomReply.Refused(400, "role single is full"));
        assertThat(ask(new RoomRequest.UpdatePeer("guest", "Renamed", "king", null)))
                .isEqualTo(new RoomReply.Refused(404, "the room's template has no such role"));
        assertThat(ask(new RoomRequest.UpdatePeer("guest", " ", "viewer", null)))
                .isEqualTo(new RoomReply.Refused(400, "the name is blank"));

        assertThat(((RoomReply.Peer) ask(new RoomRequest.ReadPeer("guest"))).peer())
                .satisfies(peer -> assertThat(peer.name()).isEqualTo("name-guest"))
                .satisfies(peer -> assertThat(peer.role()).isEqualTo("guest"));
        assertThat(host.received).isEmpty();
    }

    @Test
    void messagesOfTheServerHaveNoSender() {
        forgetAll();
        assertThat(ask(new RoomRequest.SendMessage("chat", "to all", null, null)))
                .isEqualTo(new RoomReply.Done());
        assertThat(ask(new RoomRequest.SendMessage("x", "to guests", "guest", null)))
                .isEqualTo(new RoomReply.Done());
        assertThat(ask(new RoomRequest.SendMessage("x", "to host", "guest", "host")))
                .as("a peer wins over a role")
                .isEqualTo(new RoomReply.Done());

        assertThat(texts(host)).containsExactly("to all", "to host");
        assertThat(texts(guest)).containsExactly("to all", "to guests");
        assertThat(host.last(PeerNotice.MessageReceived.class).message().sender())
                .isNull();
        assertThat(host.last(PeerNotice.MessageReceived.class).message().direct())
                .isTrue();
    }

    private static List<String> texts(Client client) {
        return client.notices(PeerNotice.MessageReceived.class).stream()
                .map(notice -> notice.message().text())
                .toList();
    }

    @Test
    void messagesThatReachNobodyAreRefused() {
        assertThat(ask(new RoomRequest.SendMessage("x", "m", null, "nobody")))
                .isEqualTo(new RoomReply.Refused(404, "peer not found"));
        assertThat(ask(new RoomRequest.SendMessage("x", "m", "king", null)))
                .isEqualTo(new RoomReply.Refused(404, "role not found"));
        assertThat(ask(new RoomRequest.SendMessage("x", "é".repeat(2049), null, null)))
                .isEqualTo(new RoomReply.Refused(400, "the message is longer than 4 KB"));
    }

    @Test
    void peersAreRemovedWithAReason() {
        forgetAll();
        assertThat(ask(new RoomRequest.RemovePeers("guest", "host", "late"))).isEqualTo(new RoomReply.Done());

        assertThat(guest.last(PeerNotice.LeaveRequested.class))
                .isEqualTo(new PeerNotice.LeaveRequested(null, "late", false));
        assertThat(guest.closed).isTrue();
        assertThat(host.closed).as("a peer wins over a role").isFalse();
        assertThat(ask(new RoomRequest.RemovePeers("guest", null, "")))
                .isEqualTo(new RoomReply.Refused(404, "peer not found"));
    }

    @Test
    void everybodyOfARoleIsRemoved() {
        Client second = room.join("guest", "second");
        assertThat(ask(new RoomRequest.RemovePeers(null, "guest", ""))).isEqualTo(new RoomReply.Done());
        assertThat(guest.closed).isTrue();
        assertThat(second.closed).isTrue();
        assertThat(host.closed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRoomIsEndedAndLocked(boolean lock) {
        Client waiting = room.connect("guest", "waiting");

        assertThat(ask(new RoomRequest.EndRoom(lock, "over"))).isEqualTo(new RoomReply.Done());

        assertThat(host.last(PeerNotice.LeaveRequested.class))
                .isEqualTo(new PeerNotice.LeaveRequested(null, "over", true));
        assertThat(guest.closed).isTrue();
        assertThat(waiting.closed).isEqualTo(lock);
        assertThat(room.eventKinds()).contains("SessionClosed");
        assertThat(room.eventKinds().contains("RoomLocked")).isEqualTo(lock);
        assertThat(ask(new RoomRequest.EndRoom(false, ""))).isEqualTo(LiveRoomsControl.notRunning());
    }
}
