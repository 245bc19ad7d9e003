package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.Role;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every permission beside every action: an action works with one of its permissions and with no other.
class PermissionsTest {
    private static final List<String> NAMES = List.of(
            "endRoom",
            "removeOthers",
            "mute",
            "unmute",
            "changeRole",
            "sendRoomState",
            "pollRead",
            "pollWrite",
            "browserRecording",
            "rtmpStreaming",
            "hlsStreaming",
            "none");

    private static final Set<String> MODERATORS = Set.of("changeRole", "removeOthers", "mute");

    private static Permissions only(String name) {
        return new Permissions(
                name.equals("endRoom"),
                name.equals("removeOthers"),
                name.equals("mute"),
                name.equals("unmute"),
                name.equals("changeRole"),
                name.equals("sendRoomState"),
                name.equals("pollRead"),
                name.equals("pollWrite"),
                name.equals("browserRecording"),
                name.equals("rtmpStreaming"),
                name.equals("hlsStreaming"));
    }

    private static Map<PeerCommand, Set<String>> actions() {
        Map<PeerCommand, Set<String>> actions = new LinkedHashMap<>();
        actions.put(new PeerCommand.EndRoom(false, ""), Set.of("endRoom"));
        actions.put(new PeerCommand.EndRoom(true, ""), Set.of("endRoom"));
        actions.put(new PeerCommand.RemovePeer("guest", ""), Set.of("removeOthers"));
        actions.put(new PeerCommand.RequestTrackMute("guest", "t", true), Set.of("mute"));
        actions.put(new PeerCommand.RequestTrackMute("guest", "t", false), Set.of("unmute"));
        actions.put(new PeerCommand.RequestMute(true, null, null, List.of()), Set.of("mute"));
        actions.put(new PeerCommand.RequestMute(false, null, null, List.of()), Set.of("unmute"));
        actions.put(new PeerCommand.ChangeRole("guest", "viewer", true), Set.of("changeRole"));
        actions.put(new PeerCommand.ChangeRole("guest", "viewer", false), Set.of("changeRole"));
        actions.put(new PeerCommand.ChangeRole("actor", "viewer", true), Set.of("changeRole"));
        actions.put(new PeerCommand.ChangeRoles(List.of("guest"), "viewer"), Set.of("changeRole"));
        actions.put(new PeerCommand.ProtectValue("k", List.of("host")), Set.of("changeRole"));
        actions.put(new PeerCommand.AddToGroup("g", "guest"), MODERATORS);
        actions.put(new PeerCommand.RemoveFromGroup("g", "guest"), MODERATORS);
        // Rights on whiteboards are lists of the template, which has none here.
        actions.put(new PeerCommand.CreateBoard("", null, null, null), Set.of());
        pollActions(actions);
        for (PeerCommand free : List.of(
                new PeerCommand.Broadcast("chat", "x", List.of(), null),
                new PeerCommand.UpdateProfile("n", null),
                new PeerCommand.JoinGroup("g"),
                new PeerCommand.LeaveGroup("g"),
                new PeerCommand.GetPeer("guest"),
                new PeerCommand.FindPeers(null, null, List.of(), 10),
                new PeerCommand.SearchNames("", 10, 0),
                new PeerCommand.SetValue("k", "1", null),
                new PeerCommand.AddToValue("n", 1),
                new PeerCommand.AppendToValue("l", "1"),
                new PeerCommand.ReadHistory(null, 0, 10),
                new PeerCommand.GetValue("k"),
                new PeerCommand.Observe(List.of("k")))) {
            actions.put(free, Set.copyOf(NAMES));
        }
        return actions;
    }

    /// On a draft and on a running poll that somebody else made.
    private static void pollActions(Map<PeerCommand, Set<String>> actions) {
        for (PollCommand writing : List.of(
                new PollCommand.SetInfo(null, TestPolls.info(0)),
                new PollCommand.SetInfo("draft", TestPolls.info(0)),
                new PollCommand.SetQuestions("draft", List.of(TestPolls.choice(1, 1))),
                new PollCommand.Start("draft"),
                new PollCommand.Stop("running"),
                new PollCommand.ListPolls(PollState.CREATED, 10, null))) {
            actions.put(new PeerCommand.OfPoll(writing), Set.of("pollWrite"));
        }
        for (PollCommand reading : List.of(
                new PollCommand.GetInfo("running"),
                new PollCommand.GetQuestions("running", 0, 10),
                new PollCommand.Respond("running", List.of(TestPolls.chosen(1, 1))),
                new PollCommand.GetResponses("running", 0, 10, false),
                new PollCommand.GetResponses("running", 0, 10, true),
                new PollCommand.GetResult("running"),
                new PollCommand.GetLeaderboard("over", 0, 10, 0),
                new PollCommand.ListPolls(PollState.STARTED, 10, null))) {
            actions.put(new PeerCommand.OfPoll(reading), Set.of("pollRead", "pollWrite"));
        }
    }

    /// They go on with something that was allowed before: a page, an offer.
    private static final Set<Class<?>> FOLLOWERS = Set.of(PeerCommand.NextPeers.class, PeerCommand.AcceptRole.class);

    /// Their rights are lists of the template, not permissions: [WhiteboardsTest].
    private static final Set<Class<?>> OF_WHITEBOARDS =
            Set.of(PeerCommand.GetBoard.class, PeerCommand.CloseBoard.class);

    @Test
    void everyActionIsInTheTable() {
        Set<Class<?>> tested = new LinkedHashSet<>(FOLLOWERS);
        tested.addAll(OF_WHITEBOARDS);
        for (PeerCommand action : actions().keySet()) {
            tested.add(action.getClass());
            if (action instanceof PeerCommand.OfPoll(PollCommand command)) {
                tested.add(command.getClass());
            }
        }

        assertThat(tested)
                .contains(PeerCommand.Interaction.class.getPermittedSubclasses())
                .contains(PollCommand.class.getPermittedSubclasses());
    }

    @Test
    void everyPermissionIsInTheTable() {
        List<String> components = Arrays.stream(Permissions.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(NAMES.subList(0, NAMES.size() - 1)).containsExactlyElementsOf(components);
    }

    static Stream<String> permissions() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void whatFollowsAnAllowedActionNeedsNoPermission(String permission) {
        List<Role> roles = new ArrayList<>(Rooms.moderated().roles().values());
        roles.add(Rooms.with(Rooms.role("actor", Rooms.ALL, List.of("host"), 0, false), only(permission)));
        TestRoom room = new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        Client host = room.join("host", "host");
        Client actor = room.join("actor", "actor");

        CommandResult first = actor.send(new PeerCommand.FindPeers(null, null, List.of(), 1));
        String iterator = ((CommandResult.PeerPage) first).iterator();
        assertThat(actor.send(new PeerCommand.NextPeers(iterator, 1))).isInstanceOf(CommandResult.PeerPage.class);

        host.send(new PeerCommand.ChangeRole("actor", "viewer", false));
        String token = actor.last(PeerNotice.RoleOffered.class).token();
        assertThat(actor.send(new PeerCommand.AcceptRole("viewer", token))).isInstanceOf(CommandResult.Done.class);
    }

    /// In preview, where a peer has no seat yet.
    @ParameterizedTest
    @MethodSource("permissions")
    void onlySendRoomStateShowsWhoIsInsideBeforeJoining(String permission) {
        List<Role> roles = new ArrayList<>(Rooms.template().roles().values());
        roles.add(Rooms.with(Rooms.role("actor", Rooms.ALL, List.of("host"), 0, false), only(permission)));
        TestRoom room = new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        room.join("host", "host");

        Client actor = room.connect("actor", "actor");

        assertThat(actor.notices(PeerNotice.RoomState.class)).hasSize(permission.equals("sendRoomState") ? 1 : 0);
    }

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (String permission : NAMES) {
            actions()
                    .forEach((action, allowed) ->
                            rows.add(Arguments.of(permission, action, allowed.contains(permission))));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void anActionNeedsItsPermission(String permission, PeerCommand action, boolean allowed) {
        List<Role> roles = new ArrayList<>(Rooms.template().roles().values());
        roles.add(Rooms.with(Rooms.role("actor", Rooms.ALL, List.of("host", "guest"), 0, false), only(permission)));
        roles.add(Rooms.with(Rooms.role("poller", List.of(), List.of(), 0, false), only("pollWrite")));
        TestRoom room = new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), roles));
        Client poller = room.join("poller", "poller");
        TestPolls.draft(poller, "draft", TestPolls.choice(1, 1));
        TestPolls.started(poller, "running", TestPolls.choice(1, 1));
        TestPolls.started(poller, "over", TestPolls.choice(1, 1));
        poller.send(new PeerCommand.OfPoll(new PollCommand.Stop("over")));
        Client guest = room.join("guest", "guest");
        guest.publish(Rooms.track("t", "audio", "regular"));
        Client actor = room.join("actor", "actor");
        guest.forget();
        int events = room.events.size();

        CommandResult result = actor.send(action);

        if (allowed) {
            assertThat(result).isNotInstanceOf(CommandResult.Refused.class);
        } else {
            assertThat(result)
                    .isInstanceOfSatisfying(
                            CommandResult.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(403));
            assertThat(guest.received).isEmpty();
            assertThat(room.events).hasSize(events);
        }
    }
}
