package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Own data and groups: protocol sections 2.6.1, 2.8, 3.5.3.
class ProfilesTest {
    private static final String HAND = "_handraise";

    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");
    private final Client viewer = room.join("viewer", "viewer");

    private void forgetAll() {
        List.of(host, guest, viewer).forEach(Client::forget);
    }

    @Test
    void aNewNameReachesEverybodyAndTheRecord() {
        forgetAll();

        assertThat(guest.send(new PeerCommand.UpdateProfile("Ravi", null))).isEqualTo(new CommandResult.Done());

        for (Client client : List.of(host, guest, viewer)) {
            PeerView seen = client.last(PeerNotice.PeerUpdated.class).peer();
            assertThat(seen.peerId()).isEqualTo("guest");
            assertThat(seen.name()).isEqualTo("Ravi");
            assertThat(seen.metadata()).isEmpty();
        }
        assertThat(room.events.getLast())
                .isInstanceOfSatisfying(
                        RoomEvent.PeerChanged.class,
                        changed -> assertThat(changed.peer().name()).isEqualTo("Ravi"));
    }

    @Test
    void metadataChangesAloneAndCanBeCleared() {
        guest.send(new PeerCommand.UpdateProfile(null, "{\"away\":true}"));
        guest.send(new PeerCommand.UpdateProfile(null, ""));

        PeerView seen = host.last(PeerNotice.PeerUpdated.class).peer();
        assertThat(seen.name()).isEqualTo("name-guest");
        assertThat(seen.metadata()).isEmpty();
    }

    @Test
    void whatChangesNothingIsToldToNobody() {
        forgetAll();

        guest.send(new PeerCommand.UpdateProfile("name-guest", ""));
        guest.send(new PeerCommand.UpdateProfile(null, null));
        guest.send(new PeerCommand.LeaveGroup(HAND));

        assertThat(host.received).isEmpty();
        assertThat(guest.notices(PeerNotice.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankNameIsRefused(String name) {
        assertThat(guest.send(new PeerCommand.UpdateProfile(name, null)))
                .isEqualTo(new CommandResult.Refused(400, "the name is blank"));
    }

    @Test
    void onlySubscribersSeeTheTracksOfWhoChanged() {
        guest.publish(Rooms.track("t", "audio", "regular"));

        guest.send(new PeerCommand.UpdateProfile("Ravi", null));

        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().tracks()).hasSize(1);
        assertThat(viewer.last(PeerNotice.PeerUpdated.class).peer().tracks()).isEmpty();
    }

    @Test
    void aRaisedHandReachesEverybodyAlsoThePeerItselfAndAfterTheReply() {
        forgetAll();

        CommandResult result = viewer.send(new PeerCommand.JoinGroup(HAND));

        assertThat(result).isEqualTo(new CommandResult.Groups(List.of(HAND)));
        assertThat(viewer.kinds()).containsExactly("Groups", "PeerUpdated");
        for (Client client : List.of(host, guest, viewer)) {
            assertThat(client.last(PeerNotice.PeerUpdated.class).peer().groups())
                    .containsExactly(HAND);
        }
        assertThat(viewer.send(new PeerCommand.LeaveGroup(HAND))).isEqualTo(new CommandResult.Groups(List.of()));
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().groups()).isEmpty();
    }

    @Test
    void raisingAHandTwiceIsToldOnce() {
        viewer.send(new PeerCommand.JoinGroup(HAND));
        forgetAll();

        assertThat(viewer.send(new PeerCommand.JoinGroup(HAND))).isEqualTo(new CommandResult.Groups(List.of(HAND)));
        assertThat(host.received).isEmpty();
    }

    @Test
    void whoJoinsLaterOrComesBackSeesRaisedHands() {
        viewer.send(new PeerCommand.JoinGroup(HAND));
        viewer.drop();
        viewer.comeBack();

        Client late = room.join("guest", "late");

        assertThat(late.last(PeerNotice.PeerList.class).peers())
                .filteredOn(peer -> peer.peerId().equals("viewer"))
                .singleElement()
                .satisfies(peer -> assertThat(peer.groups()).containsExactly(HAND));
    }

    @Test
    void whoseHandWasLoweredWhileAwayIsToldOnReturn() {
        guest.send(new PeerCommand.JoinGroup(HAND));
        guest.drop();
        host.send(new PeerCommand.RemoveFromGroup(HAND, "guest"));

        Client back = guest.comeBack();

        assertThat(back.last(PeerNotice.PeerUpdated.class).peer().groups()).isEmpty();
        assertThat(back.kinds().indexOf("PeerUpdated"))
                .isGreaterThan(back.kinds().indexOf("PeerList"));
        assertThat(back.comeBack().notices(PeerNotice.PeerUpdated.class)).isEmpty();
    }

    @Test
    void moderatorsRaiseAndLowerHandsOfOthers() {
        assertThat(host.send(new PeerCommand.AddToGroup(HAND, "guest")))
                .isEqualTo(new CommandResult.Groups(List.of(HAND)));
        assertThat(guest.last(PeerNotice.PeerUpdated.class).peer().groups()).containsExactly(HAND);

        host.send(new PeerCommand.RemoveFromGroup(HAND, "guest"));

        assertThat(guest.last(PeerNotice.PeerUpdated.class).peer().groups()).isEmpty();
    }

    @Test
    void whoDoesNotModerateChangesOnlyItsOwnGroups() {
        assertThat(viewer.send(new PeerCommand.AddToGroup(HAND, "viewer"))).isInstanceOf(CommandResult.Groups.class);
        assertThat(viewer.send(new PeerCommand.AddToGroup(HAND, "guest")))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(403));
        assertThat(host.send(new PeerCommand.RemoveFromGroup(HAND, "nobody")))
                .isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
    }

    @Test
    void groupsAreFewAndHaveShortNames() {
        for (int i = 0; i < 16; i++) {
            assertThat(guest.send(new PeerCommand.JoinGroup("g" + i))).isInstanceOf(CommandResult.Groups.class);
        }
        assertThat(guest.send(new PeerCommand.JoinGroup("one more"))).isInstanceOf(CommandResult.Refused.class);
        assertThat(viewer.send(new PeerCommand.JoinGroup(" "))).isInstanceOf(CommandResult.Refused.class);
        assertThat(viewer.send(new PeerCommand.JoinGroup("g".repeat(129)))).isInstanceOf(CommandResult.Refused.class);
    }
}
