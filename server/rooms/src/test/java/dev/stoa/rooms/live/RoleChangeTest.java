package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.VideoParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Protocol sections 2.6.2, 2.6.3, 3.5.3, 3.5.4, 5.4; who may do it: [PermissionsTest].
class RoleChangeTest {
    private static final TrackInfo MIC = Rooms.track("mic", "audio", "regular");
    private static final TrackInfo CAM = Rooms.track("cam", "video", "regular");
    private static final TrackInfo SCREEN = Rooms.track("screen", "video", "screen");

    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");
    private final Client viewer = room.join("viewer", "viewer");

    private void forgetAll() {
        List.of(host, guest, viewer).forEach(Client::forget);
    }

    private CommandResult change(String peer, String role) {
        return host.send(new PeerCommand.ChangeRole(peer, role, true));
    }

    private String roleOf(String peer) {
        return ((CommandResult.FoundPeer) host.send(new PeerCommand.GetPeer(peer)))
                .peer()
                .role();
    }

    @Test
    void theAffectedPeerHearsOfItsPolicyFirst() {
        forgetAll();

        assertThat(change("guest", "viewer")).isEqualTo(new CommandResult.Done());

        assertThat(guest.kinds().subList(0, 2)).containsExactly("PolicyChanged", "PeerUpdated");
        assertThat(guest.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
        assertThat(host.kinds()).startsWith("Done", "PeerUpdated");
        assertThat(host.last(PeerNotice.PeerUpdated.class).peer().role()).isEqualTo("viewer");
        assertThat(host.notices(PeerNotice.PolicyChanged.class)).isEmpty();
        assertThat(room.eventKinds()).endsWith("PeerChanged", "RoleChanged");
        assertThat(room.events.getLast()).isInstanceOfSatisfying(RoomEvent.RoleChanged.class, changed -> {
            assertThat(changed.peer().role()).isEqualTo("viewer");
            assertThat(changed.previousRole()).isEqualTo("guest");
            assertThat(changed.requestedBy()).isEqualTo("host");
        });
    }

    @Test
    void tracksNoLongerAllowedEndAtOnce() {
        guest.publish(MIC, CAM);
        forgetAll();

        change("guest", "viewer");

        assertThat(room.media.log).contains("unpublish guest [mic, cam]");
        assertThat(room.media.published.get("guest")).isEmpty();
        assertThat(room.media.offeredTracks.get("host")).isEmpty();
        assertThat(host.last(PeerNotice.TracksRemoved.class).tracks()).containsExactly(MIC, CAM);
        assertThat(host.last(PeerNotice.SessionInfo.class).trackCount()).isZero();
    }

    @Test
    void tracksStillAllowedGoOn() {
        Client second = room.join("host", "second");
        second.publish(MIC, SCREEN);
        forgetAll();

        change("second", "guest");

        assertThat(room.media.log).contains("unpublish second [screen]");
        assertThat(room.media.offered("guest", "mic")).isTrue();
        assertThat(guest.last(PeerNotice.TracksRemoved.class).tracks()).containsExactly(SCREEN);
        assertThat(viewer.last(PeerNotice.TracksRemoved.class).tracks())
                .as("viewers do not hear guests")
                .containsExactly(SCREEN, MIC);
        assertThat(room.media.offered("viewer", "mic")).isFalse();
    }

    @Test
    void whoBecomesHeardIsHeardAtOnce() {
        guest.publish(MIC, CAM);
        assertThat(room.media.offered("viewer", "mic")).isFalse();
        forgetAll();

        change("guest", "host");

        assertThat(viewer.last(PeerNotice.TracksAdded.class).tracks()).containsExactly(MIC, CAM);
        assertThat(room.media.offeredTracks.get("viewer")).containsKeys("mic", "cam");
        assertThat(host.notices(PeerNotice.TracksRemoved.class)).isEmpty();
    }

    @Test
    void whatThePeerReceivesFollowsItsRole() {
        guest.publish(MIC);
        forgetAll();

        change("viewer", "guest");

        assertThat(viewer.last(PeerNotice.TracksAdded.class).tracks()).containsExactly(MIC);
        assertThat(room.media.offered("viewer", "mic")).isTrue();

        change("viewer", "viewer");

        assertThat(viewer.last(PeerNotice.TracksRemoved.class).tracks()).containsExactly(MIC);
        assertThat(room.media.offered("viewer", "mic")).isFalse();
    }

    @Test
    void aNewRoleMayPublishAtOnce() {
        assertThat(viewer.publish(MIC)).isInstanceOf(CommandResult.Refused.class);

        change("viewer", "guest");

        assertThat(viewer.publish(MIC)).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void aClientTakesRevokedTracksBackOneByOne() {
        guest.publish(MIC, CAM);
        change("guest", "viewer");

        assertThat(guest.publish(CAM)).isInstanceOf(CommandResult.Answered.class);
        assertThat(room.media.published.get("guest")).isEmpty();
        assertThat(room.media.ending.get("guest"))
                .extracting(publication -> publication.track().trackId())
                .containsExactly("cam");
        assertThat(guest.publish()).isInstanceOf(CommandResult.Answered.class);
        assertThat(guest.publish(Rooms.track("new", "audio", "regular"))).isInstanceOf(CommandResult.Refused.class);

        change("guest", "guest");

        assertThat(guest.publish(MIC, CAM)).isInstanceOf(CommandResult.Answered.class);
        assertThat(room.media.published.get("guest")).hasSize(2);
    }

    @Test
    void aTrackKeepsItsCodecThroughAChangeOfRole() {
        List<Role> roles = new ArrayList<>(Rooms.moderated().roles().values());
        Role guestRole = Rooms.moderated().roles().get("guest");
        roles.add(new Role(
                "h264",
                new PublishParams(Rooms.ALL, null, new VideoParams(700, "h264", 25, 1280, 720), null, null),
                guestRole.subscribeParams(),
                guestRole.permissions(),
                1,
                0));
        room.room.refresh(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        guest.publish(CAM);

        change("guest", "h264");
        guest.publish(CAM, Rooms.track("other", "video", "regular"));

        assertThat(room.media.published.get("guest"))
                .extracting(MediaControl.Publication::codec)
                .containsExactly("vp8", "h264");
    }

    @Test
    void manyChangeByTheirRolesTogether() {
        Client second = room.join("guest", "second");

        host.send(new PeerCommand.ChangeRoles(List.of("guest", "viewer"), "viewer"));

        assertThat(List.of(roleOf("guest"), roleOf("second"), roleOf("viewer"), roleOf("host")))
                .containsExactly("viewer", "viewer", "viewer", "host");
        assertThat(second.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
    }

    @Test
    void oneMayChangeItself() {
        assertThat(change("host", "guest")).isEqualTo(new CommandResult.Done());
        assertThat(host.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("guest");
        assertThat(change("host", "host"))
                .as("guests may not change roles")
                .isEqualTo(new CommandResult.Refused(403, "role guest lacks the permission changeRole"));
    }

    @Test
    void theSameRoleIsNoChange() {
        forgetAll();

        assertThat(change("guest", "guest")).isEqualTo(new CommandResult.Done());
        assertThat(guest.received).isEmpty();
    }

    @Test
    void unknownPeersAndRolesAre404() {
        assertThat(change("nobody", "viewer")).isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
        assertThat(change("guest", "king"))
                .isEqualTo(new CommandResult.Refused(404, "the room's template has no such role"));
        assertThat(host.send(new PeerCommand.ChangeRole("guest", "king", false)))
                .isEqualTo(new CommandResult.Refused(404, "the room's template has no such role"));
    }

    @Test
    void aFullRoleTakesNobodyElse() {
        assertThat(change("guest", "single")).isEqualTo(new CommandResult.Done());
        assertThat(change("viewer", "single")).isEqualTo(new CommandResult.Refused(403, "role single is full"));
        assertThat(host.send(new PeerCommand.ChangeRoles(List.of("host", "viewer"), "single")))
                .isEqualTo(new CommandResult.Refused(403, "role single is full"));
        assertThat(roleOf("viewer")).isEqualTo("viewer");
        assertThat(host.send(new PeerCommand.ChangeRoles(List.of("single"), "single")))
                .isEqualTo(new CommandResult.Done());
    }

    @Test
    void aRoleNobodyJoinsWithIsGivenInside() {
        assertThat(change("guest", "closed")).isEqualTo(new CommandResult.Done());
    }

    @Test
    void consentIsAskedForAndGivenWithItsToken() {
        forgetAll();

        host.send(new PeerCommand.ChangeRole("guest", "viewer", false));

        PeerNotice.RoleOffered offer = guest.last(PeerNotice.RoleOffered.class);
        assertThat(guest.received).containsExactly(offer);
        assertThat(offer.requestedBy()).isEqualTo("host");
        assertThat(roleOf("guest")).isEqualTo("guest");

        assertThat(guest.send(new PeerCommand.AcceptRole("viewer", offer.token())))
                .isEqualTo(new CommandResult.Done());

        assertThat(roleOf("guest")).isEqualTo("viewer");
        assertThat(guest.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
    }

    @Test
    void consentWorksOnceAndOnlyAsOffered() {
        host.send(new PeerCommand.ChangeRole("guest", "viewer", false));
        String token = guest.last(PeerNotice.RoleOffered.class).token();
        CommandResult refused = new CommandResult.Refused(403, "this role was not offered, or the offer is over");

        assertThat(guest.send(new PeerCommand.AcceptRole("host", token))).isEqualTo(refused);
        assertThat(guest.send(new PeerCommand.AcceptRole("viewer", "guess"))).isEqualTo(refused);
        assertThat(viewer.send(new PeerCommand.AcceptRole("viewer", token)))
                .as("offered to somebody else")
                .isEqualTo(refused);
        assertThat(guest.send(new PeerCommand.AcceptRole("viewer", token))).isEqualTo(new CommandResult.Done());
        change("guest", "guest");
        assertThat(guest.send(new PeerCommand.AcceptRole("viewer", token))).isEqualTo(refused);
    }

    @Test
    void anOlderOfferStaysGoodBesideANewerOne() {
        host.send(new PeerCommand.ChangeRole("guest", "viewer", false));
        String shown = guest.last(PeerNotice.RoleOffered.class).token();
        host.send(new PeerCommand.ChangeRole("guest", "host", false));

        assertThat(guest.send(new PeerCommand.AcceptRole("viewer", shown))).isEqualTo(new CommandResult.Done());
    }

    @Test
    void anOfferSurvivesAReconnect() {
        host.send(new PeerCommand.ChangeRole("guest", "viewer", false));
        String token = guest.last(PeerNotice.RoleOffered.class).token();
        guest.drop();
        Client back = guest.comeBack();

        assertThat(back.notices(PeerNotice.RoleOffered.class))
                .as("the page still shows it")
                .isEmpty();
        assertThat(back.send(new PeerCommand.AcceptRole("viewer", token))).isEqualTo(new CommandResult.Done());
    }

    @Test
    void anOfferMadeWhileAwayIsToldOnReturn() {
        guest.drop();
        host.send(new PeerCommand.ChangeRole("guest", "viewer", false));

        Client back = guest.comeBack();
        assertThat(back.notices(PeerNotice.RoleOffered.class)).hasSize(1);
        assertThat(back.comeBack().notices(PeerNotice.RoleOffered.class)).isEmpty();
    }

    @Test
    void aRoleGivenWhileAwayIsTheRoleOnReturn() {
        guest.drop();
        change("guest", "viewer");

        Client back = guest.comeBack();

        assertThat(back.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
    }

    /// A waiting room: who waits neither hears nor is heard until the host lets it in.
    @Test
    void aWaitingRoomIsARoleThatHearsNobody() {
        List<Role> roles = new ArrayList<>(Rooms.moderated().roles().values());
        roles.add(Rooms.role("waiting", List.of(), List.of(), 0, false));
        TestRoom waitingRoom = new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        Client admitting = waitingRoom.join("host", "host");
        admitting.publish(MIC);
        Client waiting = waitingRoom.join("waiting", "late");
        assertThat(waitingRoom.media.offeredTracks.get("late")).isEmpty();

        admitting.send(new PeerCommand.ChangeRole("late", "guest", true));

        assertThat(waitingRoom.media.offeredTracks.get("late")).containsKey("mic");
        assertThat(waiting.publish(CAM)).isInstanceOf(CommandResult.Answered.class);
        assertThat(waitingRoom.media.offeredTracks.get("host")).containsKey("cam");
    }

    /// Breakout rooms: people of one room hear each other and nobody else.
    @Test
    void breakoutRoomsAreRolesThatHearThemselves() {
        List<Role> roles = new ArrayList<>(Rooms.moderated().roles().values());
        roles.add(Rooms.role("room-a", Rooms.ALL, List.of("room-a"), 0, false));
        roles.add(Rooms.role("room-b", Rooms.ALL, List.of("room-b"), 0, false));
        room.room.refresh(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        Client second = room.join("guest", "second");
        Client third = room.join("guest", "third");
        guest.publish(MIC);
        second.publish(CAM);

        change("guest", "room-a");
        change("second", "room-b");
        change("third", "room-b");

        assertThat(room.media.offeredTracks.get("third")).containsOnlyKeys("cam");
        assertThat(room.media.offeredTracks.get("second")).isEmpty();
        assertThat(room.media.offeredTracks.get("host")).isEmpty();
        assertThat(third.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("room-b");
    }

    @Test
    void newRolesOfTheTemplateAreToldBeforeAnybodyHasThem() {
        List<Role> roles = new ArrayList<>(Rooms.moderated().roles().values());
        roles.add(Rooms.role("new", Rooms.ALL, List.of("new"), 0, false));
        forgetAll();

        room.room.refresh(Rooms.room(true, null), Rooms.template(Map.of(), roles));

        assertThat(viewer.last(PeerNotice.PolicyChanged.class).policy().roles()).containsKey("new");
        assertThat(viewer.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("viewer");
    }
}
