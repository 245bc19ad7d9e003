package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is kept of a session beside joins and leaves.
class NotesTest {
    private static final TrackInfo MIC = Rooms.track("mic", "audio", "regular");
    private static final TrackInfo CAM = Rooms.track("cam", "video", "regular");

    private final TestRoom room = TestRoom.moderated();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private List<String> tracks() {
        return room.events.stream()
                .filter(RoomEvent.TrackNoted.class::isInstance)
                .map(RoomEvent.TrackNoted.class::cast)
                .map(note -> note.change() + " " + note.track().trackId() + " "
                        + (room.nowMs - note.startedAt().toEpochMilli()))
                .toList();
    }

    @Test
    void aTrackIsFollowedFromItsBeginningToItsEnd() {
        guest.publish(MIC, CAM);
        room.pass(1000);
        guest.send(new PeerCommand.UpdateTracks(List.of(MIC.withMute(true))));
        guest.publish(MIC.withMute(true));
        room.pass(1000);
        guest.send(new PeerCommand.Leave(""));

        assertThat(tracks())
                .containsExactly(
                        "ADDED mic 2000", "ADDED cam 2000", "UPDATED mic 2000", "REMOVED cam 2000", "REMOVED mic 2000");
    }

    @Test
    void aChangeOfRoleEndsWhatItForbids() {
        guest.publish(MIC);
        host.send(new PeerCommand.ChangeRole("guest", "viewer", true));
        assertThat(tracks()).containsExactly("ADDED mic 0", "REMOVED mic 0");
    }

    @Test
    void mutesByOthersAreNoted() {
        guest.publish(MIC);
        host.send(new PeerCommand.RequestTrackMute("guest", "mic", true));
        host.send(new PeerCommand.RequestMute(true, "audio", null, List.of("guest")));
        guest.send(new PeerCommand.RequestMute(true, null, null, List.of()));

        assertThat(room.events.stream().filter(RoomEvent.MuteAsked.class::isInstance))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(((RoomEvent.MuteAsked) event).by().id()).isEqualTo("host"));
    }

    @Test
    void messagesAreCountedAndNotKept() {
        host.send(new PeerCommand.Broadcast("chat", "one", List.of(), null));
        guest.send(new PeerCommand.Broadcast("chat", "two", List.of(), "host"));
        guest.send(new PeerCommand.Broadcast("chat", "", List.of(), null));
        room.room.end(room.nowMs, "over");

        assertThat(room.events).contains(new RoomEvent.MessagesCounted(Rooms.WORKSPACE, 2));
        assertThat(room.eventKinds()).endsWith("MessagesCounted", "SessionClosed");
    }
}
