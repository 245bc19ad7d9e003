package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.media.sim.SimSink;
import dev.stoa.rooms.room.Room;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One room on two media workers, through the whole server: people notice nothing of it.
@Timeout(60)
class ManyWorkersTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"off", "on"})
    void peopleOfOneRoomMeetAcrossWorkers(String singlePort) throws Exception {
        // Each packet is counted, and a busy machine looks like a narrow link.
        Map<String, String> settings = Map.of(
                "media-workers",
                "2",
                "media-spread",
                "1",
                "media-single-port",
                singlePort,
                "bandwidth-estimation",
                "off");
        try (TestServer server = new TestServer(data, settings)) {
            Room room = server.room();
            List<Participant> people = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                people.add(server.talk(room, "host"));
            }
            for (Participant viewer : people) {
                for (Participant seen : people) {
                    if (viewer != seen) {
                        Conversation.see(viewer, seen);
                        Conversation.assertMoves(viewer, seen);
                        await().until(() -> viewer.received(seen.videoId(), SimSink::missing) == 0);
                    }
                }
            }
            await().until(() ->
                    !people.getFirst().signal().notices("active-speakers").isEmpty());
            assertBothWork(server, singlePort.equals("on"));

            Participant gone = people.removeLast();
            gone.leave();
            gone.close();
            Conversation.assertMoves(people.get(0), people.get(1));
            Conversation.assertMoves(people.get(1), people.get(0));
            people.forEach(Participant::close);
        }
    }

    private static void assertBothWork(TestServer server, boolean onePort) {
        List<SfuCounters> workers = server.server.media().workersCounters();
        assertThat(workers).hasSize(2).allMatch(worker -> worker.get(SfuCounter.RTP_FORWARDED) > 0);
        assertThat(workers.get(0).get(SfuCounter.RELAYED)).isPositive();
        assertThat(workers.get(1).get(SfuCounter.RELAY_IN)).isPositive();
        assertThat(server.server.media().ports().stream().distinct()).hasSize(onePort ? 1 : 2);
        assertThat(server.server.media().failures()).isZero();
        String metrics = server.get("/metrics").raw().body();
        assertThat(metrics)
                .contains("stoa_media_worker_forwarded_total{worker=\"1\"}")
                .contains("stoa_sfu_events_total{event=\"relayed\"}")
                .contains("stoa_media_worker_transports{worker=\"0\"}");
    }
}
