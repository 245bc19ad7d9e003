package dev.stoa.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.stoa.conference.TestServer.Peer;
import dev.stoa.conference.negotiation.Browser;
import dev.stoa.conference.negotiation.Golden;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.allocation.Degradation;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What moderation and changes of role do to media, storage and the door.
@Timeout(60)
class InteractionsTest {
    private static final String OFFER = Golden.sdp("chromium-156-publish-audio-video-offer");
    private static final String STREAM = "b7887df0-93ae-461a-911e-cddefbdc4ecd";
    private static final TrackInfo AUDIO =
            new TrackInfo("01bcf31c-6952-4ac3-b7aa-abc00bdc7e06", STREAM, "audio", "regular", "", false);
    private static final TrackInfo VIDEO =
            new TrackInfo("8a50b630-afe1-4a76-94c0-4c841b157f62", STREAM, "video", "regular", "", false);

    private final TestServer server = new TestServer();
    private final Peer moderator = server.join("moderator");

    @AfterEach
    void close() {
        server.close();
    }

    private void publish(Peer peer) throws Exception {
        moderator.send(new PeerCommand.Answer(
                Browser.answer(moderator.next(PeerNotice.SubscribeOffer.class).sdp()), "node-1"));
        assertThat(peer.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1")))
                .isInstanceOf(CommandResult.Answered.class);
        moderator.send(new PeerCommand.Answer(
                Browser.answer(moderator.next(PeerNotice.SubscribeOffer.class).sdp()), "node-1"));
    }

    @Test
    void aRoleThatIsNotHeardAnyMoreIsTakenFromSubscribers() throws Exception {
        Peer host = server.join("host");
        publish(host);

        moderator.send(new PeerCommand.ChangeRole(host.id, "single", true));

        assertThat(moderator.next(PeerNotice.TracksRemoved.class).tracks()).containsExactly(AUDIO, VIDEO);
        assertThat(Golden.parse(moderator.next(PeerNotice.SubscribeOffer.class).sdp())
                        .media())
                .allMatch(section -> section.msid().isEmpty());
        assertThat(server.sfu.of(SfuCommand.Unsubscribe.class)).hasSize(2);
        assertThat(server.sfu.of(SfuCommand.Unpublish.class))
                .as("the new role may still publish")
                .isEmpty();
    }

    @Test
    void theMediaServerStopsTakingWhatARoleMayNotPublish() throws Exception {
        Peer host = server.join("host");
        publish(host);

        moderator.send(new PeerCommand.ChangeRole(host.id, "listener", true));

        assertThat(moderator.next(PeerNotice.TracksRemoved.class).tracks()).hasSize(2);
        assertThat(server.sfu.of(SfuCommand.Unpublish.class)).hasSize(2);
        assertThat(Golden.parse(moderator.next(PeerNotice.SubscribeOffer.class).sdp())
                        .media())
                .allMatch(section -> section.msid().isEmpty());
        CommandResult result = host.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1"));
        assertThat(result)
                .as("its client takes them back one by one")
                .isInstanceOfSatisfying(
                        CommandResult.Answered.class,
                        answer -> assertThat(Golden.parse(answer.sdp()).media())
                                .extracting(MediaDescription::direction)
                                .as("an inactive section would leave it nothing to negotiate")
                                .endsWith(Direction.RECVONLY, Direction.RECVONLY));
        assertThat(server.sfu.of(SfuCommand.Publish.class)).hasSize(2);
    }

    @Test
    void theRoleOfASubscriberSaysWhenItsVideosAreSwitchedOff() {
        Peer listener = server.join("listener");
        await().untilAsserted(() -> assertThat(server.sfu.of(SfuCommand.SetDegradation.class))
                .containsExactly(new SfuCommand.SetDegradation(
                        server.sfu.last(SfuCommand.OpenTransport.class).transport(),
                        new Degradation(true, 7_000_000_000L, 2_000_000_000L))));

        moderator.send(new PeerCommand.ChangeRole(listener.id, "host", true));

        await().until(() -> server.sfu.of(SfuCommand.SetDegradation.class).size() == 2);
        assertThat(server.sfu.last(SfuCommand.SetDegradation.class).degradation())
                .isEqualTo(Degradation.DEFAULT);
    }

    @Test
    void theDoorCountsRolesAsTheyAreNow() {
        Peer host = server.join("host");
        moderator.send(new PeerCommand.ChangeRole(host.id, "single", true));

        await().untilAsserted(() -> assertThat(server.rooms.admit(TestServer.token("single", "p"), "p"))
                .isEqualTo(new LiveRooms.Admission.Refused(403, "role single is full")));

        moderator.send(new PeerCommand.ChangeRole(host.id, "host", true));
        await().until(() ->
                server.rooms.admit(TestServer.token("single", "p"), "p") instanceof LiveRooms.Admission.Admitted);
    }

    @Test
    void theRecordOfASessionHasTheLastRoleAndName() {
        Peer host = server.join("host");
        moderator.send(new PeerCommand.ChangeRole(host.id, "single", true));
        host.send(new PeerCommand.UpdateProfile("Ravi", null));

        await().untilAsserted(() -> {
            SessionRecord session = server.stores.sessions().open().getFirst();
            assertThat(server.stores.sessions().peersOf(session.id()))
                    .filteredOn(peer -> peer.id().equals(host.id))
                    .extracting(PeerRecord::role, PeerRecord::name)
                    .containsExactly(tuple("single", "Ravi"));
        });
    }

    @Test
    void aLockedRoomIsShutAtOnceAndDisabledInTheStore() throws Exception {
        Peer host = server.join("host");

        assertThat(moderator.send(new PeerCommand.EndRoom(true, "over"))).isEqualTo(new CommandResult.Done());

        assertThat(host.next(PeerNotice.LeaveRequested.class).roomEnd()).isTrue();
        assertThat(server.rooms.admit(TestServer.token("host", "p"), "p"))
                .isEqualTo(new LiveRooms.Admission.Refused(403, "the room is disabled"));
        await().until(() ->
                !server.stores.rooms().byId(TestServer.ROOM).map(Room::enabled).orElse(true));
        await().until(() -> server.stores.sessions().open().isEmpty());
        await().until(() -> server.rooms.roomCount() == 0);
        assertThat(server.rooms.admit(TestServer.token("host", "p"), "p"))
                .isInstanceOf(LiveRooms.Admission.Refused.class);
    }

    @Test
    void aRoomThatIsEnabledAgainOpensAgain() {
        moderator.send(new PeerCommand.EndRoom(true, ""));
        await().until(() ->
                !server.stores.rooms().byId(TestServer.ROOM).map(Room::enabled).orElse(true));

        server.stores.rooms().save(TestServer.room(true));

        await().until(() ->
                server.rooms.admit(TestServer.token("host", "p"), "p") instanceof LiveRooms.Admission.Admitted);
        server.join("host");
    }

    @Test
    void aRemovedPeersMediaIsClosed() throws Exception {
        Peer host = server.join("host");

        moderator.send(new PeerCommand.RemovePeer(host.id, "bye"));

        assertThat(host.next(PeerNotice.LeaveRequested.class))
                .isEqualTo(new PeerNotice.LeaveRequested(moderator.id, "bye", false));
        assertThat(host.closed.get(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> server.sfu.of(SfuCommand.CloseTransport.class).size() == 2);
    }
}
