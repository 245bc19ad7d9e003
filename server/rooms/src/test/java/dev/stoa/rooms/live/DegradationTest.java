package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import dev.stoa.rooms.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of videos that do not fit is up to the role of who receives them.
class DegradationTest {
    private static final SubscribeDegradation PATIENT = new SubscribeDegradation(50, 7, 2, false);
    private static final SubscribeDegradation ALWAYS_ON = new SubscribeDegradation(50, 1, 4, true);

    private final TestRoom room = new TestRoom(Rooms.room(true, null), template(PATIENT));
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");

    private static Template template(SubscribeDegradation ofGuests) {
        List<Role> roles = Rooms.moderated().roles().values().stream()
                .map(role -> role.name().equals("guest") ? Rooms.with(role, ofGuests) : role)
                .toList();
        return Rooms.template(Map.of(), roles);
    }

    @Test
    void theMediaServerIsToldOfTheRoleWithTheConnections() {
        assertThat(room.media.degradations)
                .containsEntry("guest", Optional.of(PATIENT))
                .containsEntry("host", Optional.empty());
    }

    @Test
    void anotherRoleHoldsAtOnce() {
        host.send(new PeerCommand.ChangeRole("guest", "viewer", true));
        host.send(new PeerCommand.ChangeRole("host", "guest", true));

        assertThat(room.media.degradations)
                .containsEntry("guest", Optional.empty())
                .containsEntry("host", Optional.of(PATIENT));
    }

    @Test
    void anEditOfTheTemplateHoldsAtOnce() {
        room.room.templateChanged(room.nowMs, template(ALWAYS_ON));

        assertThat(room.media.degradations).containsEntry("guest", Optional.of(ALWAYS_ON));
    }

    @Test
    void connectionsOpenedAnewHaveItToo() {
        room.media.degradations.clear();

        guest.join();

        assertThat(room.media.degradations).containsEntry("guest", Optional.of(PATIENT));
    }
}
