package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.media.sim.SimSink;
import dev.stoa.rooms.room.Room;
import java.time.Duration;
import java.util.List;

/// Two people who see and hear each other: whatever else happens in the room must not disturb them.
final class Conversation implements AutoCloseable {
    private static final int ENOUGH_FRAMES = 5;

    final Room room;
    final Participant asha;
    final Participant ravi;

    Conversation(TestServer server, Room room, String role) {
        this.room = room;
        this.asha = server.talk(room, role);
        this.ravi = server.talk(room, role);
        see(asha, ravi);
        see(ravi, asha);
    }

    static void see(Participant viewer, Participant seen) {
        await().until(() -> viewer.prefer(seen.videoId(), "high"));
        await().atMost(Duration.ofSeconds(20)).until(() -> viewer.received(seen.videoId(), SimSink::framesShown) > 0);
    }

    /// Both pictures and both voices still move, and nobody was told that somebody left.
    void assertGoesOn() {
        assertMoves(asha, ravi);
        assertMoves(ravi, asha);
        for (Participant participant : List.of(asha, ravi)) {
            assertThat(participant.signal().isClosed()).isFalse();
            assertThat(participant.signal().notices("on-error")).isEmpty();
            assertThat(participant.signal().notices("node-info")).isEmpty();
            assertThat(participant.signal().notices("on-peer-leave"))
                    .noneMatch(left -> List.of(asha.peerId(), ravi.peerId())
                            .contains(left.path("peer_id").asString()));
        }
        assertThat(asha.say("still here").path("result").isObject()).isTrue();
    }

    static void assertMoves(Participant viewer, Participant seen) {
        long frames = viewer.received(seen.videoId(), SimSink::framesShown);
        long sounds = viewer.received(seen.audioId(), SimSink::packets);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> viewer.received(seen.videoId(), SimSink::framesShown) >= frames + ENOUGH_FRAMES
                        && viewer.received(seen.audioId(), SimSink::packets) >= sounds + ENOUGH_FRAMES);
        assertThat(viewer.received(seen.videoId(), SimSink::badPayloads)).isZero();
        assertThat(viewer.received(seen.audioId(), SimSink::badPayloads)).isZero();
    }

    @Override
    public void close() {
        asha.close();
        ravi.close();
    }
}
