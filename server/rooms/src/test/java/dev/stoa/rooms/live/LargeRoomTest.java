package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Large rooms: who may publish nothing is counted and found, but not announced. Protocol sections 2.7, 3.4, 3.5.3.
class LargeRoomTest {
    private final TestRoom room = new TestRoom(Rooms.large(), Rooms.moderated());

    @Test
    void clientsAreToldThatTheRoomIsLarge() {
        Client viewer = room.connect("viewer", "v1");

        assertThat(viewer.last(PeerNotice.RoomInfo.class).room().largeRoom()).isTrue();
    }

    @Test
    void whoPublishesNothingIsNeitherListedNorAnnounced() {
        Client host = room.join("host", "h");
        room.join("viewer", "v1");
        Client second = room.join("viewer", "v2");

        assertThat(second.knownPeers()).containsExactly("h");
        assertThat(host.kinds()).doesNotContain("PeerJoined");
        assertThat(host.last(PeerNotice.SessionInfo.class).peerCount()).isEqualTo(3);

        second.send(new PeerCommand.Leave(""));
        assertThat(host.kinds()).doesNotContain("PeerLeft");
        assertThat(host.last(PeerNotice.SessionInfo.class).peerCount()).isEqualTo(2);
    }

    @Test
    void whoMayPublishIsAnnouncedToEverybody() {
        Client viewer = room.join("viewer", "v1");
        Client host = room.join("host", "h");

        assertThat(viewer.last(PeerNotice.PeerJoined.class).peer().peerId()).isEqualTo("h");
        host.send(new PeerCommand.Leave(""));
        assertThat(viewer.last(PeerNotice.PeerLeft.class).peer().peerId()).isEqualTo("h");
    }

    @Test
    void hiddenPeersAreFoundByAsking() {
        Client host = room.join("host", "h");
        room.join("viewer", "v1");

        assertThat(host.send(new PeerCommand.GetPeer("v1"))).isInstanceOf(CommandResult.FoundPeer.class);
        assertThat(host.send(new PeerCommand.FindPeers("viewer", null, List.of(), 10)))
                .isInstanceOfSatisfying(
                        CommandResult.PeerPage.class,
                        page -> assertThat(page.peers())
                                .extracting(PeerView::peerId)
                                .containsExactly("v1"));
    }

    @Test
    void aRaisedHandIsSeenAndALoweredOneTakenBack() {
        Client host = room.join("host", "h");
        Client viewer = room.join("viewer", "v1");

        viewer.send(new PeerCommand.JoinGroup("_handraise"));
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().groups()).containsExactly("_handraise");
        assertThat(room.join("viewer", "v2").knownPeers()).containsExactly("h", "v1");

        viewer.send(new PeerCommand.LeaveGroup("_handraise"));
        assertThat(host.last(PeerNotice.PeerHidden.class).peer().peerId()).isEqualTo("v1");
        assertThat(viewer.notices(PeerNotice.PeerHidden.class)).isEmpty();
        assertThat(viewer.last(PeerNotice.PeerUpdated.class).peer().groups()).isEmpty();
        assertThat(room.join("viewer", "v3").knownPeers()).containsExactly("h");
    }

    @Test
    void aRoleDecidesWhoIsShown() {
        Client host = room.join("host", "h");
        Client viewer = room.join("viewer", "v1");

        host.send(new PeerCommand.ChangeRole("v1", "guest", true));
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().role()).isEqualTo("guest");

        host.send(new PeerCommand.ChangeRole("v1", "viewer", true));
        assertThat(host.last(PeerNotice.PeerHidden.class).peer().peerId()).isEqualTo("v1");
        assertThat(viewer.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
    }

    @Test
    void aHiddenPeerThatChangesItsNameTellsNobodyButItself() {
        Client host = room.join("host", "h");
        Client viewer = room.join("viewer", "v1");
        host.forget();

        viewer.send(new PeerCommand.UpdateProfile("new", null));

        assertThat(host.received).isEmpty();
        assertThat(viewer.last(PeerNotice.PeerUpdated.class).peer().name()).isEqualTo("new");
    }

    @Test
    void previewsSeeTheCountAndOnlyWhoIsShown() {
        room.join("host", "h");
        room.join("viewer", "v1");

        PeerNotice.RoomState state = room.connect("guest", "g").last(PeerNotice.RoomState.class);

        assertThat(state.peerCount()).isEqualTo(2);
        assertThat(state.peers()).extracting(PeerView::peerId).containsExactly("h");
    }

    @Test
    void aSessionStaysAsLargeAsItBegan() {
        Client host = room.join("host", "h");
        room.room.refresh(Rooms.room(true, null), Rooms.moderated());
        room.join("viewer", "v1");
        assertThat(host.kinds()).doesNotContain("PeerJoined");

        host.send(new PeerCommand.EndRoom(false, ""));
        room.room.refresh(Rooms.room(true, null), Rooms.moderated());
        room.join("viewer", "v2");
        assertThat(room.join("viewer", "v3").knownPeers()).containsExactly("v2");
    }
}
