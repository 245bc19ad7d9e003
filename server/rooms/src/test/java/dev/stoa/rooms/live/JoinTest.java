package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.access.AppToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `join`, who may, and what everybody hears of it: protocol sections 2.4.1, 3.1.1, 3.4.4.
class JoinTest {
    private final TestRoom room = new TestRoom();

    @Test
    void resultThenPeerListThenSubscribeOffer() {
        room.join("host", "p1");
        Client guest = room.connect("guest", "p2");
        guest.forget();

        guest.join();

        assertThat(guest.kinds()).containsExactly("Answered", "PeerList", "SubscribeOffer");
        assertThat(guest.last(CommandResult.Answered.class).nodeId()).isEqualTo(TestRoom.NODE);
        assertThat(guest.knownPeers()).containsExactly("p1");
    }

    @Test
    void everybodyElseHearsOfTheNewcomerOnce() {
        Client host = room.join("host", "p1");
        Client viewer = room.join("viewer", "p2");
        host.forget();
        viewer.forget();

        Client guest = room.join("guest", "p3");

        for (Client other : List.of(host, viewer)) {
            assertThat(other.kinds()).containsExactly("PeerJoined");
            assertThat(other.last(PeerNotice.PeerJoined.class).peer().name()).isEqualTo("name-p3");
        }
        assertThat(guest.notices(PeerNotice.PeerJoined.class)).isEmpty();
    }

    @Test
    void sessionInfoCountsPeersAndTracksForEverybody() {
        Client host = room.join("host", "p1");
        Client guest = room.join("guest", "p2");
        host.publish(Rooms.track("a", "audio", "regular"));

        for (Client client : List.of(host, guest)) {
            PeerNotice.SessionInfo info = client.last(PeerNotice.SessionInfo.class);
            assertThat(info.peerCount()).isEqualTo(2);
            assertThat(info.trackCount()).isOne();
        }
        guest.send(new PeerCommand.Leave(""));
        assertThat(host.last(PeerNotice.SessionInfo.class).peerCount()).isOne();
    }

    @Test
    void aSecondJoinOnOneConnectionReplacesTheFirst() {
        Client host = room.join("host", "p1");
        Client guest = room.join("guest", "p2");
        guest.publish(Rooms.track("a", "audio", "regular"));
        host.forget();
        guest.forget();

        guest.send(new PeerCommand.Join("new name", "", "sdp", false));

        assertThat(guest.kinds()).containsExactly("Answered", "PeerList", "SubscribeOffer");
        assertThat(host.kinds()).containsExactly("TracksRemoved", "PeerUpdated", "SubscribeOffer");
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().name()).isEqualTo("new name");
        assertThat(host.last(PeerNotice.SessionInfo.class).peerCount()).isEqualTo(2);
    }

    @Test
    void aBrokenOfferLeavesThePeerOutside() {
        Client host = room.join("host", "p1");
        host.forget();
        Client guest = room.connect("guest", "p2");

        CommandResult result = guest.send(new PeerCommand.Join("x", "", "broken", false));

        assertThat(result).isEqualTo(new CommandResult.Refused(400, "broken offer"));
        assertThat(host.received).isEmpty();
        assertThat(guest.join()).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void aRoleWithoutMediaJoinsWithoutConnections() {
        Client viewer = room.connect("viewer", "p1");

        CommandResult result = viewer.send(new PeerCommand.Join("x", "", null, false));

        assertThat(result).isEqualTo(new CommandResult.Answered(null, TestRoom.NODE));
        assertThat(viewer.notices(PeerNotice.SubscribeOffer.class)).isEmpty();
    }

    /// A later offer creates both connections (protocol section 4.1).
    @Test
    void theFirstOfferAfterAJoinWithoutMediaOpensTheConnections() {
        Client host = room.join("host", "p1");
        host.publish(Rooms.track("a", "audio", "regular"));
        Client viewer = room.connect("viewer", "p2");
        viewer.send(new PeerCommand.Join("x", "", null, false));

        assertThat(viewer.publish()).isInstanceOf(CommandResult.Answered.class);
        assertThat(viewer.last(PeerNotice.SubscribeOffer.class).sdp()).isEqualTo("offer [a]");
    }

    @ParameterizedTest
    @CsvSource({"closed,0,nobody may join with role closed", "single,1,role single is full", "nobody,0,no role named"})
    void aRoleThatIsFullClosedOrUnknownIsRefused(String role, int seated, String message) {
        for (int i = 0; i < seated; i++) {
            room.join(role, "p" + i);
        }

        LiveRoom.Entry entry = room.enter(Rooms.token(role, "late"), "late", new Client(room, role, "late", null));

        assertThat(entry).isInstanceOfSatisfying(LiveRoom.Entry.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.message()).contains(message);
        });
    }

    @Test
    void theRoleIsCountedAgainAtJoin() {
        Client first = room.connect("single", "p1");
        Client second = room.connect("single", "p2");
        first.join();

        assertThat(second.join()).isEqualTo(new CommandResult.Refused(403, "role single is full"));

        first.send(new PeerCommand.Leave(""));
        assertThat(second.join()).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void theRoomHasASize() {
        TestRoom small = new TestRoom(Rooms.room(true, 1), Rooms.template());
        small.join("host", "p1");

        assertThat(small.enter(Rooms.token("host", "p2"), "p2", new Client(small, "host", "p2", null)))
                .isEqualTo(new LiveRoom.Entry.Refused(403, "the room is full"));
    }

    @Test
    void aDisabledRoomIsClosedForNewcomersOnly() {
        Client host = room.join("host", "p1");
        room.room.refresh(Rooms.room(false, null), Rooms.template());

        assertThat(room.enter(Rooms.token("host", "p2"), "p2", new Client(room, "host", "p2", null)))
                .isEqualTo(new LiveRoom.Entry.Refused(403, "the room is disabled"));
        host.drop();
        assertThat(host.comeBack().kinds()).contains("PeerList");
    }

    @Test
    void aSeatCannotBeTakenOverWithAnotherToken() {
        Client host = room.join("host", "p1");
        AppToken other = new AppToken(Rooms.WORKSPACE, Rooms.ROOM, "host", "user-p1", "another token");

        assertThat(room.enter(other, "p1", new Client(room, "host", "p1", null)))
                .isEqualTo(new LiveRoom.Entry.Refused(403, "this peer id belongs to somebody else"));
        assertThat(host.closed).isFalse();
    }

    @Test
    void policyKnowsRolesOfPeersThatTheTemplateLost() {
        room.join("guest", "p1");
        room.room.refresh(
                Rooms.room(true, null),
                Rooms.template(Map.of(), List.of(Rooms.role("host", Rooms.ALL, List.of("guest"), 0, false))));

        assertThat(room.join("host", "p2")
                        .last(PeerNotice.PolicyChanged.class)
                        .policy()
                        .roles())
                .containsKeys("host", "guest");
    }
}
