package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Protocol sections 2.4.3, 2.6.4 to 2.6.6, 3.5.5, 3.5.6; who may do it: [PermissionsTest].
class ModerationTest {
    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");
    private final Client viewer = room.join("viewer", "viewer");

    private void forgetAll() {
        List.of(host, guest, viewer).forEach(Client::forget);
    }

    @Test
    void aTrackIsMutedByItsOwnerAfterBeingAsked() {
        guest.publish(Rooms.track("t", "audio", "regular"));
        forgetAll();

        assertThat(host.send(new PeerCommand.RequestTrackMute("guest", "t", true)))
                .isEqualTo(new CommandResult.Done());

        assertThat(guest.received).containsExactly(new PeerNotice.TrackMuteRequested("host", "t", "stream-t", true));
        assertThat(viewer.received).isEmpty();
        assertThat(room.media.log).doesNotContain("muted t true");
    }

    @Test
    void unknownPeersAndTracksAre404() {
        assertThat(host.send(new PeerCommand.RequestTrackMute("nobody", "t", true)))
                .isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
        assertThat(host.send(new PeerCommand.RequestTrackMute("guest", "t", true)))
                .isEqualTo(new CommandResult.Refused(404, "the peer has no such track"));
        assertThat(host.send(new PeerCommand.RemovePeer("nobody", "")))
                .isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
    }

    @Test
    void manyAreAskedByRoleButNotTheAsker() {
        Client otherHost = room.join("host", "host-2");
        forgetAll();
        otherHost.forget();

        host.send(new PeerCommand.RequestMute(true, "audio", "regular", List.of("guest", "host")));

        PeerNotice asked = new PeerNotice.MuteRequested("host", true, "audio", "regular", List.of("guest", "host"));
        assertThat(guest.received).containsExactly(asked);
        assertThat(otherHost.received).containsExactly(asked);
        assertThat(viewer.received).isEmpty();
        assertThat(host.notices(PeerNotice.class)).isEmpty();
    }

    @Test
    void withoutRolesEverybodyElseIsAsked() {
        forgetAll();

        host.send(new PeerCommand.RequestMute(false, null, null, List.of()));

        assertThat(guest.kinds()).containsExactly("MuteRequested");
        assertThat(viewer.kinds()).containsExactly("MuteRequested");
    }

    @Test
    void aRemovedPeerIsToldAndTheOthersSeeItLeave() {
        guest.publish(Rooms.track("t", "audio", "regular"));
        forgetAll();

        assertThat(host.send(new PeerCommand.RemovePeer("guest", "too loud"))).isEqualTo(new CommandResult.Done());

        assertThat(guest.received).containsExactly(new PeerNotice.LeaveRequested("host", "too loud", false));
        assertThat(guest.closed).isTrue();
        assertThat(host.kinds()).startsWith("Done", "PeerLeft");
        assertThat(viewer.kinds()).startsWith("PeerLeft");
        assertThat(room.media.isOpen("guest")).isFalse();
        assertThat(room.media.offered("host", "t")).isFalse();
        assertThat(guest.send(new PeerCommand.GetPeer("host")))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(410));
    }

    @Test
    void whoIsRemovedWhileAwayIsRecordedAsLost() {
        guest.drop();

        host.send(new PeerCommand.RemovePeer("guest", ""));

        assertThat(room.events.getLast())
                .isInstanceOfSatisfying(
                        RoomEvent.PeerGone.class,
                        gone -> assertThat(gone.lost()).isTrue());
        room.pass(10 * TestRoom.GRACE_MS);
        assertThat(room.eventKinds().stream().filter("PeerGone"::equals)).hasSize(1);
    }

    @Test
    void nobodyRemovesItself() {
        assertThat(host.send(new PeerCommand.RemovePeer("host", ""))).isInstanceOf(CommandResult.Refused.class);
    }

    @Test
    void endingTheRoomSendsEverybodyElseAwayAndClosesTheSession() {
        Client early = room.connect("guest", "early");
        forgetAll();

        assertThat(host.send(new PeerCommand.EndRoom(false, "over"))).isEqualTo(new CommandResult.Done());

        assertThat(guest.received).containsExactly(new PeerNotice.LeaveRequested("host", "over", true));
        assertThat(viewer.received).containsExactly(new PeerNotice.LeaveRequested("host", "over", true));
        assertThat(guest.closed && viewer.closed).isTrue();
        assertThat(host.kinds()).containsExactly("Done");
        assertThat(host.closed).as("the caller closes itself, after its reply").isFalse();
        assertThat(room.events.getLast()).isInstanceOf(RoomEvent.SessionClosed.class);
        assertThat(room.media.offeredTracks).isEmpty();
        assertThat(early.join()).as("not locked").isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void aLockedRoomTakesNobodyInAndIsToBeDisabled() {
        Client early = room.connect("guest", "early");

        host.send(new PeerCommand.EndRoom(true, "over"));

        assertThat(room.events).contains(new RoomEvent.RoomLocked(Rooms.WORKSPACE, Rooms.ROOM));
        assertThat(early.last(PeerNotice.LeaveRequested.class).roomEnd()).isTrue();
        assertThat(room.room.isEmpty()).isTrue();
        room.room.refresh(Rooms.room(true, null), Rooms.moderated());
        assertThat(room.enter(Rooms.token("host", "host"), "host", host))
                .isEqualTo(new LiveRoom.Entry.Refused(403, "the room is disabled"));
    }

    @Test
    void whatEndsIsGoneForWhoComesNext() {
        host.send(new PeerCommand.SetValue("k", "1", null));
        host.send(new PeerCommand.EndRoom(false, ""));

        Client next = room.join("guest", "next");

        assertThat(next.knownPeers()).isEmpty();
        assertThat(next.send(new PeerCommand.GetValue("k")))
                .isEqualTo(new CommandResult.Value(StoredValue.absent("k")));
    }
}
