package dev.stoa.rooms.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Server API reference, section 14.1.
class HistoryEventsTest {
    private static final Instant START = Instant.parse("2026-03-02T16:00:00Z");
    private static final Instant NOW = START.plusSeconds(60);
    private static final String WORKSPACE = "0a0a0a0a0a0a0a0a0a0a0a0a";
    private static final Room ROOM = new Room(
            "0b0b0b0b0b0b0b0b0b0b0b0b",
            WORKSPACE,
            "standup",
            "",
            true,
            "0c0c0c0c0c0c0c0c0c0c0c0c",
            "auto",
            false,
            null,
            null,
            null,
            null,
            List.of(),
            START,
            START);
    private static final SessionRecord SESSION =
            new SessionRecord("0d0d0d0d0d0d0d0d0d0d0d0d", WORKSPACE, ROOM.id(), START, null);
    private static final PeerRecord PEER = new PeerRecord("p-1", SESSION.id(), "Anna", "host", "u-1", "", START, null);
    private static final TrackInfo CAMERA = new TrackInfo("t-1", "s-1", "video", "regular", "", true);

    private static HistoryEvent of(RoomEvent event) {
        return HistoryEvents.of(new JournalEntry("id-1", 7, NOW, ROOM, SESSION, event))
                .orElseThrow();
    }

    @Test
    void aTrackThatEndsTellsItsWholeLife() {
        HistoryEvent event = of(
                new RoomEvent.TrackNoted(WORKSPACE, PEER, RoomEvent.TrackChange.REMOVED, CAMERA, START.plusSeconds(5)));

        assertThat(event.type()).isEqualTo("track.remove.success");
        assertThat(event.peerId()).isEqualTo("p-1");
        assertThat(event.data())
                .containsEntry("room_name", "standup")
                .containsEntry("session_id", SESSION.id())
                .containsEntry("user_name", "Anna")
                .containsEntry("track_id", "t-1")
                .containsEntry("mute", true)
                .containsEntry("started_at", "2026-03-02T16:00:05.000Z")
                .containsEntry("stopped_at", "2026-03-02T16:01:00.000Z");
    }

    @Test
    void aTrackThatGoesOnHasNoEnd() {
        HistoryEvent event =
                of(new RoomEvent.TrackNoted(WORKSPACE, PEER, RoomEvent.TrackChange.UPDATED, CAMERA, START));
        assertThat(event.type()).isEqualTo("track.update.success");
        assertThat(event.data()).doesNotContainKey("stopped_at");
    }

    @Test
    void mutesByOthersAndRoleChangesAreKept() {
        assertThat(of(new RoomEvent.MuteAsked(WORKSPACE, PEER, "p-2", "t-2", true, null, null, List.of()))
                        .data())
                .containsEntry("peer_id", "p-1")
                .containsEntry("target_peer_id", "p-2")
                .containsEntry("track_id", "t-2");
        assertThat(of(new RoomEvent.MuteAsked(WORKSPACE, PEER, null, null, false, "audio", null, List.of("guest")))
                        .type())
                .isEqualTo("track.unmute.request");
        HistoryEvent role = of(new RoomEvent.RoleChanged(WORKSPACE, PEER, "guest", "p-9"));
        assertThat(role.type()).isEqualTo("role.change.success");
        assertThat(role.data()).containsEntry("previous_role", "guest");
        assertThat(of(new RoomEvent.RoleRefused(WORKSPACE, PEER, "king", null, "role limit reached"))
                        .error())
                .isTrue();
    }

    @Test
    void joinsAreStaysAndNoHistory() {
        assertThat(HistoryEvents.of(
                        new JournalEntry("id-1", 7, NOW, ROOM, SESSION, new RoomEvent.PeerEntered(WORKSPACE, PEER))))
                .isEmpty();
    }
}
