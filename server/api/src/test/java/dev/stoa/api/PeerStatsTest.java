package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamId.Kind;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import dev.stoa.rooms.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Section 14.2 of the server API reference, and what clients report for it (17.5).
final class PeerStatsTest {
    private static final String SESSION = "6601f0a1c2d3e4f5a6b7c8d9";
    private static final String PEER = "0b6e1f0a-0000-4000-8000-000000000001";
    private static final StreamId CAM = StreamId.published(Kind.VIDEO, "cam", false, "h");
    private static final StreamId MIC = StreamId.published(Kind.AUDIO, "mic", false, "");
    private static final StreamId SCREEN = StreamId.received(Kind.VIDEO, "screen", true);
    private static final StreamId VOICE = StreamId.received(Kind.AUDIO, "voice", false);

    private ApiServer api;
    private String room;

    @BeforeEach
    void start() {
        api = new ApiServer();
        room = api.post("/v2/rooms", "{\"name\":\"measured\"}").text("id");
        session(SESSION, api.workspace, api.time.now());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void session(String id, Workspace workspace, @Nullable Instant ended) {
        Instant begun = api.time.now().minusSeconds(600);
        api.store.sessions().save(new SessionRecord(id, workspace.id(), room, begun, ended));
        api.store.sessions().savePeer(new PeerRecord(PEER, id, "Asha", "host", "user-7", "", begun, ended));
    }

    private ApiServer.Answer stats(String session, String peer) {
        return api.get("/v2/analytics/peer-stats?session_id=" + session + "&peer_id=" + peer);
    }

    private static PeerStatistics piece(Reporter reporter, long fromMs, StreamSeries... series) {
        return new PeerStatistics(SESSION, PEER, reporter, fromMs, List.of(series));
    }

    private static StreamSeries series(StreamId stream, StreamSample... samples) {
        return new StreamSeries(stream, List.of(samples));
    }

    private static StreamSample sample(long atMs, long bps) {
        return StreamSample.at(atMs).withBitrate(bps);
    }

    @Test
    void aPeerWithoutMediaHasEmptySeries() {
        JsonNode json = stats(SESSION, PEER).json();
        assertThat(json.path("peer_id").asString()).isEqualTo(PEER);
        assertThat(json.path("session_id").asString()).isEqualTo(SESSION);
        assertThat(json.path("room_id").asString()).isEqualTo(room);
        assertThat(json.path("publisher").toString()).isEqualTo("{\"video\":[],\"audio\":[]}");
        assertThat(json.path("subscriber").toString()).isEqualTo("{\"video\":[],\"audio\":[]}");
    }

    @Test
    void piecesAreJoinedIntoOneSeriesPerStreamWithASummary() {
        api.store
                .statistics()
                .save(piece(
                        Reporter.SERVER,
                        1_000,
                        series(
                                CAM,
                                sample(1_000, 800_000)
                                        .withLoss(2)
                                        .withRtt(40)
                                        .withJitter(3)
                                        .withFps(25),
                                sample(2_000, 400_000).withLoss(0).withFps(15)),
                        series(MIC, sample(1_000, 32_000).withJitter(1))));
        api.store
                .statistics()
                .save(piece(
                        Reporter.SERVER,
                        3_000,
                        series(CAM, sample(3_000, 600_000).withLoss(1).withFps(20)),
                        series(SCREEN, sample(3_000, 300_000).withRtt(30).withLayer("medium", "bandwidth"))));

        JsonNode json = stats(SESSION, PEER).json();

        JsonNode cam = json.at("/publisher/video/0");
        assertThat(cam.path("track_id").asString()).isEqualTo("cam");
        assertThat(cam.path("rid").asString()).isEqualTo("m");
        assertThat(cam.at("/time_series/timestamps").toString()).isEqualTo("[1000,2000,3000]");
        assertThat(cam.at("/time_series/bitrate").toString()).isEqualTo("[800000,400000,600000]");
        assertThat(cam.at("/time_series/rtt_ms").toString()).isEqualTo("[40.0,null,null]");
        assertThat(cam.at("/summary/bitrate").asDouble()).isEqualTo(600_000);
        assertThat(cam.at("/summary/packet_loss_percent").asDouble()).isEqualTo(1);
        assertThat(cam.at("/summary/rtt_ms").asDouble()).isEqualTo(40);
        assertThat(json.at("/publisher/audio/0/time_series/jitter_ms").toString())
                .isEqualTo("[1.0]");
        JsonNode screen = json.at("/subscriber/video/0");
        assertThat(screen.path("type").asString()).isEqualTo("screen");
        assertThat(screen.at("/time_series/layer").toString()).isEqualTo("[\"medium\"]");
        assertThat(screen.at("/time_series/reason").toString()).isEqualTo("[\"bandwidth\"]");
        assertThat(screen.at("/summary/reasons").toString()).isEqualTo("{\"bandwidth\":1.0}");
    }

    @Test
    void whatOnlyTheClientKnowsStandsBesideWhatTheServerMeasured() {
        api.store
                .statistics()
                .save(piece(
                        Reporter.SERVER,
                        10_000,
                        series(VOICE, sample(10_000, 30_000), sample(20_000, 31_000), sample(30_000, 32_000))));
        api.store
                .statistics()
                .save(piece(
                        Reporter.CLIENT,
                        5_000,
                        series(
                                VOICE,
                                sample(5_000, 1).withGaps(-1, 100),
                                sample(21_000, 1).withGaps(-1, 10),
                                sample(29_000, 1).withGaps(-1, 5)),
                        series(SCREEN, sample(5_000, 70_000).withFps(12).withGaps(2, -1))));

        JsonNode json = stats(SESSION, PEER).json();

        JsonNode voice = json.at("/subscriber/audio/0/time_series");
        assertThat(voice.path("bitrate").toString()).isEqualTo("[30000,31000,32000]");
        assertThat(voice.path("concealed_samples").toString()).isEqualTo("[100,15,null]");
        JsonNode screen = json.at("/subscriber/video/0/time_series");
        assertThat(screen.path("timestamps").toString()).isEqualTo("[5000]");
        assertThat(screen.path("fps").toString()).isEqualTo("[12.0]");
        assertThat(screen.path("freeze_count").toString()).isEqualTo("[2]");
    }

    @Test
    void aRunningSessionHasWhatItsRoomHasNotHandedOverYet() {
        session(SESSION, api.workspace, null);
        api.live.running.put(room, Optional.empty());
        api.live.recent = Optional.of(piece(
                Reporter.SERVER,
                9_000,
                series(MIC, sample(9_000, 33_000)),
                series(
                        StreamId.connection(),
                        sample(9_000, 2_000_000).withLoss(0.5).withRtt(20).withLayer("", "delay"))));
        api.store.statistics().save(piece(Reporter.SERVER, 1_000, series(MIC, sample(1_000, 32_000))));

        JsonNode json = stats(SESSION, PEER).json();

        assertThat(json.at("/publisher/audio/0/time_series/timestamps").toString())
                .isEqualTo("[1000,9000]");
        assertThat(json.at("/subscriber/connection/time_series/estimate").toString())
                .isEqualTo("[2000000]");
        assertThat(json.at("/subscriber/connection/time_series/limit").toString())
                .isEqualTo("[\"delay\"]");
    }

    @Test
    void aRoomThatDoesNotAnswerHidesNothingThatIsKept() {
        session(SESSION, api.workspace, null);
        api.live.running.put(room, Optional.of(new RoomReply.Refused(503, "busy")));
        api.store.statistics().save(piece(Reporter.SERVER, 1_000, series(MIC, sample(1_000, 32_000))));
        assertThat(stats(SESSION, PEER)
                        .json()
                        .at("/publisher/audio/0/time_series/timestamps")
                        .toString())
                .isEqualTo("[1000]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?peer_id=p", "?session_id=" + SESSION, "?peer_id=&session_id="})
    void bothQueryParametersAreNeeded(String query) {
        ApiServer.Answer answer = api.get("/v2/analytics/peer-stats" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.details()).contains("is missing");
    }

    @Test
    void unknownSessionsThoseOfOthersAndUnknownPeersAreNotFound() {
        String others = "6601f0a1c2d3e4f5a6b7c8da";
        session(others, api.stranger, null);
        assertThat(stats("6601f0a1c2d3e4f5a6b7c8ff", PEER).status()).isEqualTo(404);
        assertThat(stats(others, PEER).status()).isEqualTo(404);
        assertThat(stats("'%3B%20DROP%20TABLE%20sessions", PEER).status()).isEqualTo(404);
        assertThat(stats(SESSION, "nobody").status()).isEqualTo(404);
        assertThat(stats(SESSION, "nobody").text("message")).isEqualTo("peer not found in this session");
    }

    private void report(String user, String session, String peer) {
        long now = api.time.now().toEpochMilli();
        String token = api.tokens
                .issueApp(api.workspace, room, "host", user, Duration.ofHours(1))
                .token();
        String body = """
                {"event":"subscriber.stats","peer":{"peer_id":"%s","session_id":"%s"},
                 "payload":{"sequence_num":1,"video":[],"audio":[{"track_id":"voice","source":"regular",
                   "samples":[{"timestamp":%d,"avg_bitrate_bps":31000,"audio_concealed_samples":960}]}]}}
                """.formatted(peer, session, now);
        assertThat(api.send("POST", "/v2/client/report", body, Map.of("Authorization", "Bearer " + token))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientReportsItsOwnStayOverHttp() {
        report("user-7", SESSION, PEER);
        assertThat(stats(SESSION, PEER)
                        .json()
                        .at("/subscriber/audio/0/time_series/concealed_samples")
                        .toString())
                .isEqualTo("[960]");
    }

    @Test
    void nobodyReportsTheStayOfSomebodyElse() {
        report("user-8", SESSION, PEER);
        report("user-7", SESSION, "somebody");
        report("user-7", "6601f0a1c2d3e4f5a6b7c8ff", PEER);
        assertThat(api.store.statistics().of(SESSION, PEER)).isEmpty();
        assertThat(api.store.statistics().of(SESSION, "somebody")).isEmpty();
    }
}
