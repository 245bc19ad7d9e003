package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.media.sim.SimSink;
import dev.stoa.rooms.room.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A call through the whole server: HTTP, web socket, ICE, DTLS, SRTP, data channel.
@Timeout(60)
class CallTest {
    @TempDir
    static Path data;

    private static TestServer server;

    private final List<Participant> people = new java.util.ArrayList<>();

    /// Nothing is held back: a machine that is busy with tests looks like a narrow link, and each packet is counted
    /// here.
    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(data, Map.of("bandwidth-estimation", "off"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() {
        people.forEach(Participant::close);
    }

    private Participant enter(String code) {
        Participant participant = server.enterByCode(code);
        people.add(participant);
        return participant;
    }

    private Participant talk(Room room) {
        Participant participant = server.talk(room, "host");
        people.add(participant);
        return participant;
    }

    private static void watch(Participant viewer, Participant seen) {
        await().until(() -> viewer.prefer(seen.videoId(), "high"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> viewer.received(seen.videoId(), SimSink::framesShown) >= 20
                        && viewer.received(seen.audioId(), SimSink::packets) >= 20);
    }

    private static List<String> ids(Participant who, String notice) {
        return who.signal().notices(notice).stream()
                .map(peer -> peer.path("peer_id").asString())
                .toList();
    }

    @Test
    void twoPeopleWithRoomCodesSeeAndHearEachOther() {
        Map<String, String> codes = server.codes(server.room());
        Participant asha = enter(codes.get("host"));
        Participant ravi = enter(codes.get("guest"));
        asha.join("Asha");
        ravi.join("Ravi");

        asha.publish();
        ravi.publish();
        watch(asha, ravi);
        watch(ravi, asha);

        for (Participant viewer : people) {
            Participant seen = viewer == asha ? ravi : asha;
            // What a receiver that begins under load loses comes again.
            await().until(() -> viewer.received(seen.videoId(), SimSink::missing) == 0);
            assertThat(viewer.received(seen.videoId(), SimSink::badPayloads)).isZero();
            assertThat(viewer.received(seen.audioId(), SimSink::badPayloads)).isZero();
            assertThat(viewer.received(seen.videoId(), SimSink::foreignMids)).isZero();
        }
        await().untilAsserted(() ->
                assertThat(asha.channelTexts()).anyMatch(text -> text.contains("\"id\":\"d" + ravi.videoId())));
        assertThat(ids(asha, "on-peer-join")).containsExactly(ravi.peerId());
        assertThat(ravi.signal().notices("peer-list").getFirst().path("peers").has(asha.peerId()))
                .isTrue();
        await().until(() -> !asha.signal().notices("active-speakers").isEmpty());
    }

    @Test
    void whoLeavesIsGoneAtOnce() {
        Room room = server.room();
        Participant asha = talk(room);
        Participant ravi = talk(room);
        watch(asha, ravi);

        ravi.leave();

        await().atMost(Duration.ofSeconds(2))
                .until(() -> ids(asha, "on-peer-leave").contains(ravi.peerId()));
    }

    @Test
    void whoComesLaterSeesAndHearsWithinASecond() {
        Room room = server.room();
        Participant asha = talk(room);
        Participant ravi = talk(room);
        watch(ravi, asha);

        Participant late = server.enter(server.token(room, "guest"));
        people.add(late);
        late.join("Late");
        await().until(() -> late.prefer(asha.videoId(), "high"));
        long asked = System.nanoTime();
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> late.received(asha.videoId(), SimSink::framesShown) > 0
                        && late.received(asha.audioId(), SimSink::packets) > 0);

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void muteIsToldToTheOthersAndTheFlowGoesOnAfterwards() {
        Room room = server.room();
        Participant asha = talk(room);
        Participant ravi = talk(room);
        watch(ravi, asha);

        asha.mute(true);
        await().until(() -> muted(ravi, asha.videoId(), true));
        asha.mute(false);
        await().until(() -> muted(ravi, asha.videoId(), false));

        long before = ravi.received(asha.videoId(), SimSink::framesShown);
        await().until(() -> ravi.received(asha.videoId(), SimSink::framesShown) > before + 10);
        assertThat(ravi.received(asha.videoId(), SimSink::missing)).isZero();
        assertThat(ravi.received(asha.videoId(), SimSink::timestampsBack)).isZero();
    }

    private static boolean muted(Participant viewer, String track, boolean muted) {
        List<JsonNode> updates = viewer.signal().notices("on-track-update");
        return !updates.isEmpty()
                && updates.getLast().path("tracks").path(track).path("mute").asBoolean() == muted;
    }

    @Test
    void aMessageReachesTheOthersOnceAndIsAnsweredWithItsId() {
        Room room = server.room();
        Participant asha = talk(room);
        Participant ravi = talk(room);

        JsonNode answer = asha.say("hello");

        String id = answer.path("result").path("message_id").asString();
        await().until(() -> !ravi.signal().notices("on-broadcast").isEmpty());
        assertThat(ravi.signal().notices("on-broadcast"))
                .extracting(message -> message.path("message_id").asString())
                .containsExactly(id);
        assertThat(asha.signal().notices("on-broadcast")).isEmpty();
    }

    @Test
    void theApiKnowsTheSession() {
        Room room = server.room();
        Participant asha = talk(room);

        await().untilAsserted(() -> {
            JsonNode sessions =
                    server.get("/v2/sessions?room_id=" + room.id()).json().path("data");
            assertThat(sessions.size()).isEqualTo(1);
            assertThat(sessions.path(0).path("active").asBoolean()).isTrue();
            assertThat(sessions.path(0).path("peers").has(asha.peerId())).isTrue();
        });
        asha.leave();
        await().untilAsserted(() -> assertThat(server.get("/v2/sessions?room_id=" + room.id())
                        .json()
                        .path("data")
                        .path(0)
                        .path("active")
                        .asBoolean())
                .isFalse());
    }
}
