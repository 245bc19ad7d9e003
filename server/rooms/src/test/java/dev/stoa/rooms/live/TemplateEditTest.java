package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Edits of a template while a room of it runs.
class TemplateEditTest {
    private static final TrackInfo MIC = Rooms.track("mic", "audio", "regular");
    private static final TrackInfo CAM = Rooms.track("cam", "video", "regular");

    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private void edit(Role... edited) {
        List<Role> roles = Rooms.moderated().roles().values().stream()
                .map(role -> List.of(edited).stream()
                        .filter(other -> other.name().equals(role.name()))
                        .findFirst()
                        .orElse(role))
                .toList();
        room.room.templateChanged(room.nowMs, Rooms.template(Map.of(), roles));
    }

    private static Role named(String name) {
        return Rooms.moderated().roles().get(name);
    }

    @Test
    void everybodyIsToldOfTheRolesAsTheyAreNow() {
        Client waiting = room.connect("guest", "waiting");
        Role talkative = Rooms.role("guest", List.of("audio"), List.of("host", "guest"), 0, true);

        edit(talkative);

        for (Client client : List.of(host, guest, waiting)) {
            assertThat(client.last(PeerNotice.PolicyChanged.class).policy().roles())
                    .containsEntry("guest", talkative);
        }
    }

    @Test
    void nobodyIsToldTwice() {
        Client waiting = room.connect("guest", "waiting");
        List.of(host, guest, waiting).forEach(Client::forget);

        edit(Rooms.role("guest", List.of("audio"), List.of("host", "guest"), 0, true));

        for (Client client : List.of(host, guest, waiting)) {
            assertThat(client.notices(PeerNotice.PolicyChanged.class)).hasSize(1);
        }
    }

    @Test
    void aRightThatIsTakenAwayIsGoneAtOnce() {
        edit(Rooms.with(named("host"), Rooms.template().roles().get("host").permissions()));

        assertThat(host.send(new PeerCommand.RemovePeer("guest", "")))
                .isEqualTo(new CommandResult.Refused(403, "role host lacks the permission removeOthers"));
    }

    @Test
    void tracksNoLongerAllowedEnd() {
        guest.publish(MIC, CAM);
        host.forget();

        edit(Rooms.role("guest", List.of("audio"), List.of("host", "guest"), 0, true));

        assertThat(host.last(PeerNotice.TracksRemoved.class).tracks()).containsExactly(CAM);
        assertThat(host.last(PeerNotice.SessionInfo.class).trackCount()).isEqualTo(1);
        assertThat(room.media.offered("host", "mic")).isTrue();
    }

    @Test
    void whoIsHeardFollowsTheEdit() {
        guest.publish(MIC);
        assertThat(room.media.offered("host", "mic")).isTrue();

        edit(Rooms.with(
                Rooms.role("host", Rooms.ALL, List.of("host"), 0, false),
                named("host").permissions()));
        assertThat(room.media.offered("host", "mic")).isFalse();

        edit();
        assertThat(room.media.offered("host", "mic")).isTrue();
    }

    @Test
    void aRoleTakenOutStaysWithWhoHasIt() {
        List<Role> others = Rooms.moderated().roles().values().stream()
                .filter(role -> !role.name().equals("guest"))
                .toList();
        Template without = Rooms.template(Map.of(), others);

        room.room.templateChanged(room.nowMs, without);

        assertThat(guest.last(PeerNotice.PolicyChanged.class).policy().role()).isEqualTo("guest");
        assertThat(guest.publish(MIC)).isInstanceOf(CommandResult.Answered.class);
        assertThat(host.send(new PeerCommand.ChangeRole("host", "guest", true)))
                .isEqualTo(new CommandResult.Refused(404, "the room's template has no such role"));
    }

    @Test
    void anEditOfSomethingElseDisturbsNobody() {
        host.forget();
        room.room.templateChanged(
                room.nowMs,
                Rooms.template(
                        Map.of("region", "eu"),
                        List.copyOf(Rooms.moderated().roles().values())));
        assertThat(host.received).isEmpty();
    }

    @Test
    void aRoomDisabledWhileSomebodyWaitsIsClosedToIt() {
        Client waiting = room.connect("guest", "waiting");

        room.room.changed(room.nowMs, Rooms.room(false, null), Rooms.moderated());

        assertThat(waiting.join()).isEqualTo(new CommandResult.Refused(403, "the room is disabled"));
        assertThat(guest.closed).as("the running session continues").isFalse();
    }
}
