package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.rooms.room.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How the media of peers do, from the packets to the API: while the session runs, and when it has ended.
@Timeout(120)
class PeerStatisticsTest {
    @TempDir
    Path data;

    private static JsonNode stats(TestServer server, String session, Participant peer) {
        return server.get("/v2/analytics/peer-stats?session_id=" + session + "&peer_id=" + peer.peerId())
                .json();
    }

    private static double newest(JsonNode series, String figure) {
        JsonNode values = series.path("time_series").path(figure);
        return values.isEmpty() ? -1 : values.get(values.size() - 1).asDouble(-1);
    }

    @Test
    void whatAClientTellsOverItsSocketIsKeptAsEventsAndStatistics() throws Exception {
        try (TestServer server = new TestServer(data, Map.of("statistics-interval", "0"))) {
            Room room = server.room();
            try (Participant asha = server.enter(server.token(room, "host"))) {
                asha.join("Asha");
                asha.signal().send("""
                                {"method":"analytics","params":{"name":"publish.failed","timestamp":1,
                                 "info":{"error_code":3001,"error_name":"CantAccessCaptureDevice","is_terminal":false}}}
                                """);
                asha.signal().send("""
                                {"method":"analytics","params":{"name":"subscriber.stats","timestamp":1,"info":{"video":[],
                                 "audio":[{"track_id":"voice","source":"regular",
                                   "samples":[{"timestamp":%d,"audio_concealed_samples":480}]}]}}}
                                """.formatted(System.currentTimeMillis()));
                String events = "/v2/analytics/events?type=client.publish.failed&room_id=" + room.id();
                await().until(() -> !server.get(events).json().path("events").isEmpty());
                JsonNode event = server.get(events).json().at("/events/0/data");
                assertThat(event.path("peer_id").asString()).isEqualTo(asha.peerId());
                assertThat(event.path("error_code").asInt()).isEqualTo(3001);
                String session = event.path("session_id").asString();
                await().until(() -> stats(server, session, asha)
                                .at("/subscriber/audio/0/time_series/concealed_samples/0")
                                .asInt(0)
                        == 480);
            }
        }
    }

    @Test
    void whatIsSentAndReceivedIsMeasuredAndOutlivesTheSession() throws Exception {
        try (TestServer server = new TestServer(data, Map.of("statistics-interval", "1 s"))) {
            Room room = server.room();
            String session;
            try (Conversation talk = new Conversation(server, room, "host")) {
                session = server.get("/v2/sessions?active=true&room_id=" + room.id())
                        .json()
                        .at("/data/0/id")
                        .asString();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    JsonNode asha = stats(server, session, talk.asha);
                    assertThat(newest(asha.at("/publisher/video/0"), "bitrate")).isGreaterThan(10_000);
                    assertThat(newest(asha.at("/publisher/video/0"), "fps")).isGreaterThan(1);
                    assertThat(newest(asha.at("/publisher/audio/0"), "bitrate")).isGreaterThan(1_000);
                    assertThat(newest(asha.at("/subscriber/video/0"), "bitrate"))
                            .isGreaterThan(10_000);
                    assertThat(newest(asha.at("/subscriber/audio/0"), "bitrate"))
                            .isGreaterThan(1_000);
                });
                JsonNode asha = stats(server, session, talk.asha);
                assertThat(asha.at("/publisher/video/0/track_id").asString()).isEqualTo(talk.asha.videoId());
                assertThat(asha.at("/publisher/audio/0/track_id").asString()).isEqualTo(talk.asha.audioId());
                JsonNode seen = asha.at("/subscriber/video/0");
                assertThat(seen.path("track_id").asString()).isEqualTo(talk.ravi.videoId());
                assertThat(seen.at("/time_series/layer").get(0).asString()).isEqualTo("high");
                assertThat(seen.at("/time_series/reason").get(0).asString()).isEqualTo("as-wanted");
                talk.asha.leave();
                talk.ravi.leave();
            }
            await().until(() ->
                    !server.get("/v2/sessions/" + session).json().path("active").asBoolean(true));
        }
        try (TestServer again = new TestServer(data, Map.of())) {
            JsonNode peers = again.get("/v2/sessions").json().at("/data/0/peers");
            String session = again.get("/v2/sessions").json().at("/data/0/id").asString();
            for (String peer : peers.propertyNames()) {
                JsonNode json = again.get("/v2/analytics/peer-stats?session_id=" + session + "&peer_id=" + peer)
                        .json();
                assertThat(json.at("/publisher/video/0/summary/bitrate").asDouble())
                        .isGreaterThan(10_000);
                assertThat(json.at("/subscriber/audio/0/time_series/timestamps").size())
                        .isPositive();
            }
            assertThat(peers.size()).isEqualTo(2);
        }
    }
}
