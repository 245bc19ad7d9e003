package dev.stoa.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.conference.TestServer.Peer;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConferenceRoomsTest {
    private TestServer server = new TestServer();

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(long graceMs, int mailboxCapacity) {
        server.close();
        server = new TestServer(graceMs, mailboxCapacity);
    }

    @Test
    void unknownRoomsForeignTokensAndMissingRolesAreRefusedButNeverWith404() {
        AppToken unknown = new AppToken(TestServer.WORKSPACE, "ffffffffffffffffffffffff", "host", "");
        AppToken foreign = new AppToken("ffffffffffffffffffffffff", TestServer.ROOM, "host", "");

        for (AppToken token : List.of(unknown, foreign, TestServer.token("nobody", "p"))) {
            assertThat(server.rooms.admit(token, "p"))
                    .isInstanceOfSatisfying(
                            LiveRooms.Admission.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(403));
            assertThat(server.rooms.connect(token, "p", new Peer("p")))
                    .isInstanceOf(LiveRooms.Connection.Refused.class);
        }
        assertThat(server.rooms.roomCount()).isZero();
        assertThat(server.rooms.counters().connectionsRefused.sum()).isEqualTo(3);
    }

    @Test
    void aRoomDisabledMeanwhileIsClosedForNewcomers() {
        Peer host = server.join("host");
        server.stores.rooms().save(TestServer.room(false));

        assertThat(server.rooms.admit(TestServer.token("host", "new"), "new"))
                .isEqualTo(new LiveRooms.Admission.Refused(403, "the room is disabled"));
        assertThat(server.rooms.admit(TestServer.token("host", host.id), host.id))
                .isInstanceOf(LiveRooms.Admission.Admitted.class);
    }

    @Test
    void aFullRoleIsRefusedBeforeAConnectionIsMade() {
        Peer first = server.join("single");
        assertThat(server.rooms.admit(TestServer.token("single", "late"), "late"))
                .isEqualTo(new LiveRooms.Admission.Refused(403, "role single is full"));

        first.send(new PeerCommand.Leave(""));

        assertThat(server.rooms.admit(TestServer.token("single", "late"), "late"))
                .isInstanceOf(LiveRooms.Admission.Admitted.class);
    }

    @Test
    void twoPeersMeet() throws Exception {
        Peer host = server.join("host");
        Peer guest = server.join("host");

        assertThat(host.next(PeerNotice.PeerJoined.class).peer().peerId()).isEqualTo(guest.id);
        assertThat(guest.next(PeerNotice.PeerList.class).peers()).hasSize(1);
        assertThat(guest.next(PeerNotice.SubscribeOffer.class).nodeId()).isEqualTo("node-1");
        assertThat(server.rooms.isSeated(TestServer.ROOM, host.id)).isTrue();
        assertThat(server.rooms.peerCount()).isEqualTo(2);
        assertThat(server.sfu.of(SfuCommand.OpenTransport.class)).hasSize(4);
    }

    @Test
    void sessionsAndStaysAreKept() {
        Peer host = server.join("host");
        server.join("host");
        host.send(new PeerCommand.Leave(""));
        await().until(() -> server.stores.sessions().open().size() == 1);
        SessionRecord session = server.stores.sessions().open().getFirst();
        assertThat(session.id()).matches("[0-9a-f]{24}");

        server.close();

        SessionRecord ended = server.stores.sessions().byId(session.id()).orElseThrow();
        assertThat(ended.endedAt()).isNotNull();
        assertThat(server.stores.sessions().peersOf(session.id())).hasSize(2).allMatch(peer -> peer.leftAt() != null);
    }

    @Test
    void sessionsLeftOpenByACrashAreEnded() {
        server.stores
                .sessions()
                .save(new SessionRecord("s", TestServer.WORKSPACE, TestServer.ROOM, Instant.EPOCH, null));
        server.stores.sessions().savePeer(new PeerRecord("p", "s", "x", "host", "", "", Instant.EPOCH, null));

        server.rooms.closeStaleSessions();

        assertThat(server.stores.sessions().open()).isEmpty();
        assertThat(server.stores.sessions().peersOf("s").getFirst().leftAt()).isNotNull();
    }

    @Test
    void aSessionThatACrashLeftOpenEndsWhenTheServerWasLastThereWithItsMessagesCounted() {
        SessionRepository sessions = server.stores.sessions();
        Instant begun = Instant.parse("2026-01-02T10:00:00Z");
        sessions.save(new SessionRecord("s", TestServer.WORKSPACE, TestServer.ROOM, begun, null));
        sessions.savePeer(new PeerRecord("p", "s", "x", "host", "", "", begun, null));
        sessions.savePeer(new PeerRecord("late", "s", "x", "host", "", "", begun.plusSeconds(62), null));
        sessions.countMessages("s", 41);
        sessions.alive(begun.plusSeconds(60));

        server.rooms.closeStaleSessions();

        assertThat(sessions.peersOf("s"))
                .extracting(PeerRecord::leftAt)
                .containsExactly(begun.plusSeconds(60), begun.plusSeconds(62));
        assertThat(sessions.byId("s").orElseThrow().endedAt()).isEqualTo(begun.plusSeconds(62));
        assertThat(server.journal.events())
                .filteredOn(RoomEvent.MessagesCounted.class::isInstance)
                .containsExactly(new RoomEvent.MessagesCounted(TestServer.WORKSPACE, 41));
    }

    @Test
    void whileSomebodyIsInsideTheServerSaysThatItIsThere() {
        server.join("host");
        Instant before = Instant.now().minusSeconds(1);
        await().until(() ->
                server.stores.sessions().lastAlive().filter(before::isBefore).isPresent());
    }

    @Test
    void anEmptyRoomIsForgottenAndOpensAgain() {
        Peer host = server.join("host");
        host.send(new PeerCommand.Leave(""));
        await().until(() -> server.rooms.roomCount() == 0);

        assertThat(host.send(new PeerCommand.Broadcast("chat", "x", List.of(), null)))
                .isEqualTo(new CommandResult.Refused(410, "this peer has left the room"));
        assertThat(server.join("host").send(new PeerCommand.Broadcast("chat", "x", List.of(), null)))
                .isInstanceOf(CommandResult.Sent.class);
    }

    @Test
    void theGracePeriodEndsByItselfAndIsRememberedForTheReturn() throws Exception {
        restart(200, 1000);
        Peer host = server.join("host");
        Peer guest = server.join("host");

        guest.link().disconnected();

        assertThat(host.next(PeerNotice.PeerLeft.class).peer().peerId()).isEqualTo(guest.id);
        assertThat(server.rooms.admit(TestServer.token("host", guest.id), guest.id))
                .isInstanceOfSatisfying(
                        LiveRooms.Admission.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(410));
    }

    @Test
    void whoComesBackInTimeKeepsItsPlace() throws Exception {
        Peer host = server.join("host");
        Peer guest = server.join("host");
        guest.link().disconnected();

        Peer back = server.connect("host", guest.id);

        assertThat(back.next(PeerNotice.PeerList.class).peers()).hasSize(1);
        assertThat(host.notices).noneMatch(PeerNotice.PeerLeft.class::isInstance);
    }

    @Test
    void textsOfTheMediaChannelReachThePeerAndItsAnswersGoBack() throws Exception {
        Peer host = server.join("host");
        TransportId subscribe = server.sfu.last(SfuCommand.OpenTransport.class).transport();

        server.events.onEvent(new SfuEvent.TextReceived(subscribe, "ion-sfu", "{\"id\":1}"));

        assertThat(host.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"id\":1}");
        host.link().sendChannelText("{}");
        await().until(() -> !server.sfu.of(SfuCommand.SendText.class).isEmpty());
    }

    @Test
    void aFailedTransportMakesThePeerBuildNewOnes() throws Exception {
        Peer host = server.join("host");
        TransportId publish =
                server.sfu.of(SfuCommand.OpenTransport.class).getFirst().transport();

        server.events.onEvent(new SfuEvent.TransportFailed(publish, "dtls-closed"));

        String node = host.next(PeerNotice.NodeInfo.class).nodeId();
        assertThat(host.send(new PeerCommand.Offer(TestServer.joinOffer(), List.of(), "node-1")))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(421));
        assertThat(host.send(new PeerCommand.Offer(TestServer.joinOffer(), List.of(), node)))
                .isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void eventsOfUnknownTransportsAreDroppedAndCounted() {
        server.events.onEvent(new SfuEvent.TransportConnected(new TransportId(99)));
        server.events.onEvent(new SfuEvent.SpeakersChanged("unknown", List.of()));

        assertThat(server.rooms.counters().eventsDropped.sum()).isEqualTo(2);
    }

    @Test
    void aRoomWithTooMuchToDoRefusesAndCounts() throws Exception {
        restart(75_000, 3);
        Peer host = server.join("host");
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        host.link().submit(new PeerCommand.UpdateTracks(List.of()), result -> {
            busy.countDown();
            hold(gate);
        });
        busy.await();
        List<CompletableFuture<CommandResult>> results =
                List.of(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());

        for (CompletableFuture<CommandResult> result : results) {
            host.link().submit(new PeerCommand.UpdateTracks(List.of()), result::complete);
        }

        assertThat(results.getLast().get(5, TimeUnit.SECONDS))
                .isEqualTo(new CommandResult.Refused(503, "the room is overloaded; try again"));
        assertThat(server.rooms.connect(TestServer.token("host", "p"), "p", new Peer("p")))
                .isInstanceOfSatisfying(
                        LiveRooms.Connection.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(503));
        assertThat(server.rooms.counters().mailboxFull.sum()).isEqualTo(2);
        gate.countDown();
        assertThat(results.getFirst().get(5, TimeUnit.SECONDS)).isInstanceOf(CommandResult.Done.class);
    }

    @Test
    void onePeerCannotFillTheMailboxAlone() throws Exception {
        Peer host = server.join("host");
        CountDownLatch gate = new CountDownLatch(1);
        host.link().submit(new PeerCommand.UpdateTracks(List.of()), result -> hold(gate));
        CompletableFuture<CommandResult> last = new CompletableFuture<>();

        for (int i = 0; i < 257; i++) {
            host.link().submit(new PeerCommand.UpdateTracks(List.of()), result -> {
                if (result instanceof CommandResult.Refused) {
                    last.complete(result);
                }
            });
        }

        assertThat(last.get(5, TimeUnit.SECONDS))
                .isEqualTo(new CommandResult.Refused(429, "too many requests at once"));
        gate.countDown();
    }

    private static void hold(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFullMediaQueueLosesCommandsAudibly() {
        server.sfu.full = true;

        server.join("host");

        assertThat(server.rooms.mediaCommandsLost()).isEqualTo(2);
    }

    @Test
    void aStoppingServerTellsEverybodyAndTakesNobody() throws Exception {
        Peer host = server.join("host");

        server.close();

        assertThat(host.next(PeerNotice.LeaveRequested.class).roomEnd()).isTrue();
        assertThat(host.closed.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.rooms.admit(TestServer.token("host", "p"), "p"))
                .isInstanceOf(LiveRooms.Admission.Refused.class);
        assertThat(server.sfu.of(SfuCommand.CloseTransport.class)).hasSize(2);
    }
}
