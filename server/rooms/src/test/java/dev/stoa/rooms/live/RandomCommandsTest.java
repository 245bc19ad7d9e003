package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.template.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/// Whatever peers do in whatever order, a room keeps its promises.
class RandomCommandsTest {
    private static final List<String> ROLES = List.of("host", "guest", "viewer", "single");
    private static final List<String> KEYS = List.of("n", "l", "k");
    private static final int STEPS = 100;

    private TestRoom room = TestRoom.moderated();
    private boolean large;
    private StoreModel store = new StoreModel();
    private final Map<String, Client> clients = new HashMap<>();
    private final List<Client> everSeen = new ArrayList<>();

    @BeforeTry
    void newRoom() {
        room = TestRoom.moderated();
        large = false;
        store = new StoreModel();
        clients.clear();
        everSeen.clear();
    }

    @Property(tries = 1000)
    void invariantsHold(@ForAll long seed) {
        run(new Random(seed));
    }

    /// Who is not on stage is counted, but told to others only when they ask (protocol section 2.7).
    @Property(tries = 500)
    void invariantsHoldInLargeRooms(@ForAll long seed) {
        room = new TestRoom(Rooms.large(), Rooms.moderated());
        large = true;
        run(new Random(seed));
    }

    private void run(Random random) {
        for (int i = 0; i < STEPS; i++) {
            long over = sessionsOver();
            step(random);
            if (sessionsOver() > over) {
                store.sessionOver();
            }
            exactlyOneSessionWhilePeersAreInside();
            noTrackWithoutARight();
            whatIsPublishedIsWhatIsListed();
            noRoleIsOverfull();
            noGhosts();
            onlySubscribedTracksAreOffered();
            pollsRunInSessionsOnly();
            everybodyKnowsWhoIsShown();
            store.check(room, seated());
        }
        room.nowMs += 10 * TestRoom.GRACE_MS;
        everSeen.forEach(Client::drop);
        room.pass(10 * TestRoom.GRACE_MS);
        assertThat(room.room.isEmpty()).isTrue();
        assertThat(room.media.offeredTracks).isEmpty();
        exactlyOneSessionWhilePeersAreInside();
    }

    private void step(Random random) {
        String id = "p" + random.nextInt(5);
        Client client = clients.get(id);
        if (client == null || random.nextInt(12) == 0) {
            connect(id, client == null ? ROLES.get(random.nextInt(ROLES.size())) : client.role);
            return;
        }
        switch (random.nextInt(14)) {
            case 0, 1 -> client.join();
            case 2, 3, 4 -> client.send(new PeerCommand.Offer("sdp", tracks(random, id), null));
            case 5 -> client.send(new PeerCommand.UpdateTracks(tracks(random, "p" + random.nextInt(5))));
            case 6 -> client.send(new PeerCommand.Leave(""));
            case 7 -> client.drop();
            case 8 -> room.pass(random.nextInt(40_000));
            case 9, 10, 11, 12 -> interact(client, interaction(random));
            default -> {
                if (random.nextInt(4) == 0) {
                    room.room.mediaLost(room.nowMs, id);
                } else {
                    client.send(new PeerCommand.Broadcast("chat", "x", List.of(), "p" + random.nextInt(6)));
                }
            }
        }
    }

    private void interact(Client client, PeerCommand command) {
        String role = rolesInside().getOrDefault(client.id, client.role);
        CommandResult result = client.send(command);
        store.sent(client, role, command, result);
    }

    private long sessionsOver() {
        return room.events.stream()
                .filter(RoomEvent.SessionClosed.class::isInstance)
                .count();
    }

    private PeerCommand interaction(Random random) {
        String peer = "p" + random.nextInt(6);
        String role = ROLES.get(random.nextInt(ROLES.size()));
        String group = random.nextBoolean() ? "_handraise" : "g" + random.nextInt(3);
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> new PeerCommand.ChangeRole(peer, role, random.nextBoolean());
            case 3 -> new PeerCommand.ChangeRoles(List.of(role), ROLES.get(random.nextInt(ROLES.size())));
            case 4, 5 -> new PeerCommand.AcceptRole(role, anOffer(random));
            case 6 -> new PeerCommand.RemovePeer(peer, "");
            case 7 -> new PeerCommand.EndRoom(random.nextInt(10) == 0, "");
            case 8 -> new PeerCommand.JoinGroup(group);
            case 9 -> new PeerCommand.LeaveGroup(group);
            case 10 -> new PeerCommand.AddToGroup(group, peer);
            case 11 -> new PeerCommand.UpdateProfile("n" + random.nextInt(3), null);
            case 12, 13, 14 -> storeCommand(random, role);
            case 15, 16, 17 -> new PeerCommand.OfPoll(pollCommand(random));
            case 18 -> new PeerCommand.SearchNames("n", 2, 0);
            default -> new PeerCommand.FindPeers(null, null, List.of(), 2);
        };
    }

    private static PeerCommand storeCommand(Random random, String role) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        return switch (random.nextInt(10)) {
            case 0, 1 -> new PeerCommand.SetValue("k", random.nextBoolean() ? "1" : null, (long) random.nextInt(4));
            case 2 -> new PeerCommand.SetValue(key, null, null);
            case 3, 4 -> new PeerCommand.AddToValue("n", random.nextInt(5) - 2);
            case 5 -> new PeerCommand.AppendToValue("l", Integer.toString(random.nextInt(5)));
            case 6 -> new PeerCommand.ProtectValue(key, random.nextBoolean() ? List.of() : List.of(role));
            case 7 -> new PeerCommand.GetValue(key);
            default -> new PeerCommand.Observe(KEYS.subList(0, random.nextInt(KEYS.size() + 1)));
        };
    }

    private static PollCommand pollCommand(Random random) {
        String id = "poll" + random.nextInt(2);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new PollCommand.SetInfo(id, TestPolls.info(random.nextInt(3) * 20));
            case 2 -> new PollCommand.SetQuestions(id, List.of(TestPolls.choice(1, 1)));
            case 3 -> new PollCommand.Start(id);
            case 4, 5 -> new PollCommand.Respond(id, List.of(TestPolls.chosen(1, 1 + random.nextInt(3))));
            case 6 -> new PollCommand.GetResult(id);
            case 7 -> new PollCommand.GetLeaderboard(id, 0, 10, 0);
            case 8 -> new PollCommand.ListPolls(null, 10, null);
            default -> new PollCommand.Stop(id);
        };
    }

    private String anOffer(Random random) {
        List<PeerNotice.RoleOffered> offers = clients.values().stream()
                .flatMap(client -> client.notices(PeerNotice.RoleOffered.class).stream())
                .toList();
        return offers.isEmpty()
                ? "none"
                : offers.get(random.nextInt(offers.size())).token();
    }

    private void connect(String id, String role) {
        Client client = new Client(room, role, id, null);
        if (room.enter(Rooms.token(role, id), id, client) instanceof LiveRoom.Entry.Entered(LiveLink link)) {
            client.linked(link);
            Client before = clients.put(id, client);
            if (before != null && link.seat != null) {
                store.cameBack(before, client);
            }
            everSeen.add(client);
        }
    }

    private static List<TrackInfo> tracks(Random random, String owner) {
        List<TrackInfo> tracks = new ArrayList<>();
        for (String kind : List.of("audio regular", "video regular", "video screen")) {
            if (random.nextBoolean()) {
                String[] parts = kind.split(" ");
                tracks.add(Rooms.track(owner + kind.replace(' ', '-'), parts[0], parts[1])
                        .withMute(random.nextBoolean()));
            }
        }
        return tracks;
    }

    private void pollsRunInSessionsOnly() {
        Map<String, PollRun> running = new HashMap<>();
        for (RoomEvent event : room.events) {
            if (event instanceof RoomEvent.PollChanged(String workspace, PollRecord record)) {
                switch (record) {
                    case PollRecord.Started(PollRun run) ->
                        assertThat(running.put(run.pollId(), run)).isNull();
                    case PollRecord.Stopped(PollRun run) ->
                        assertThat(running.remove(run.pollId()).id()).isEqualTo(run.id());
                    case PollRecord.Answered(var responses) ->
                        assertThat(running)
                                .containsKey(responses.getFirst().poll().pollId());
                }
            } else if (event instanceof RoomEvent.SessionClosed) {
                assertThat(running).isEmpty();
            }
        }
    }

    private Map<String, String> rolesInside() {
        Map<String, String> roles = new HashMap<>();
        for (RoomEvent event : room.events) {
            if (event instanceof RoomEvent.PeerEntered entered) {
                roles.put(entered.peer().id(), entered.peer().role());
            } else if (event instanceof RoomEvent.PeerChanged changed) {
                roles.put(changed.peer().id(), changed.peer().role());
            } else if (event instanceof RoomEvent.PeerGone gone) {
                roles.remove(gone.peer().id());
            }
        }
        return roles;
    }

    private List<Client> seated() {
        return clients.values().stream()
                .filter(client -> client.link().state == LiveLink.State.OPEN && client.link().seat != null)
                .toList();
    }

    private void everybodyKnowsWhoIsShown() {
        for (Client client : seated()) {
            Set<String> shown = new HashSet<>(inside());
            shown.remove(client.id);
            if (large) {
                shown.removeIf(other -> !clients.get(other).link().seat.isOnStage());
            }
            assertThat(PictureModel.others(client)).as(client.id).isEqualTo(shown);
        }
    }

    private void noRoleIsOverfull() {
        assertThat(rolesInside().values().stream().filter("single"::equals)).hasSizeLessThan(2);
    }

    private void whatIsPublishedIsWhatIsListed() {
        int published =
                room.media.published.values().stream().mapToInt(List::size).sum();
        for (Client client : clients.values()) {
            if (client.link().state == LiveLink.State.OPEN && client.link().seat != null) {
                assertThat(client.last(PeerNotice.SessionInfo.class).trackCount())
                        .isEqualTo(published);
            }
        }
    }

    private Set<String> inside() {
        Set<String> inside = new HashSet<>();
        for (RoomEvent event : room.events) {
            switch (event) {
                case RoomEvent.PeerEntered entered ->
                    assertThat(inside.add(entered.peer().id())).isTrue();
                case RoomEvent.PeerGone gone ->
                    assertThat(inside.remove(gone.peer().id())).isTrue();
                case RoomEvent.PeerChanged changed ->
                    assertThat(inside).contains(changed.peer().id());
                case RoomEvent.RoleChanged changed ->
                    assertThat(inside).contains(changed.peer().id());
                case RoomEvent.RoleRefused refused ->
                    assertThat(inside).contains(refused.peer().id());
                case RoomEvent.RoomEnded ended -> assertThat(inside).isNotEmpty();
                case RoomEvent.EndRefused refused -> assertThat(inside).isEmpty();
                case RoomEvent.JoinRefused refused ->
                    assertThat(refused.message()).isNotEmpty();
                case RoomEvent.LeaveRefused refused ->
                    assertThat(inside).doesNotContain(refused.visitor().peerId());
                case RoomEvent.RoomLocked locked -> {}
                case RoomEvent.Note note -> {}
                case RoomEvent.Figures figures -> assertThat(inside).isNotEmpty();
                case RoomEvent.PollChanged poll -> assertThat(inside).isNotEmpty();
                case RoomEvent.SessionOpened opened -> assertThat(inside).isEmpty();
                case RoomEvent.SessionClosed closed -> assertThat(inside).isEmpty();
            }
        }
        return inside;
    }

    private void exactlyOneSessionWhilePeersAreInside() {
        long opened = room.events.stream()
                .filter(RoomEvent.SessionOpened.class::isInstance)
                .count();
        assertThat(opened - sessionsOver()).isEqualTo(inside().isEmpty() ? 0 : 1);
    }

    private void noTrackWithoutARight() {
        room.media.published.forEach((peer, publications) -> {
            Role role = Rooms.template().roles().get(rolesInside().get(peer));
            publications.forEach(publication -> {
                TrackInfo track = publication.track();
                String right = track.source().equals("screen") ? "screen" : track.type();
                assertThat(role.publishParams().allowed()).contains(right);
            });
        });
    }

    private void noGhosts() {
        Set<String> inside = inside();
        assertThat(inside).containsAll(room.media.offeredTracks.keySet());
        for (Client client : clients.values()) {
            if (client.link().state == LiveLink.State.OPEN && client.link().seat != null) {
                assertThat(client.last(PeerNotice.SessionInfo.class).peerCount())
                        .isEqualTo(inside.size());
            }
        }
    }

    private void onlySubscribedTracksAreOffered() {
        room.media.offeredTracks.forEach((subscriber, offered) -> {
            Map<String, String> roles = rolesInside();
            Role role = Rooms.template().roles().get(roles.get(subscriber));
            offered.forEach((track, publisher) -> {
                assertThat(publisher).isNotEqualTo(subscriber);
                assertThat(room.media.published).containsKey(publisher);
                assertThat(role.subscribeParams().subscribeToRoles()).contains(roles.get(publisher));
            });
        });
    }
}
