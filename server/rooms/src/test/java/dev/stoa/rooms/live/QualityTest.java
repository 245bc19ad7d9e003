package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How the media of peers do is asked for, and kept with the session.
class QualityTest {
    private static final long INTERVAL_MS = 10_000;
    private static final StreamId CAM = StreamId.published(StreamId.Kind.VIDEO, "cam", false, "f");

    private final TestRoom room = new TestRoom(
            Rooms.room(true, null),
            Rooms.template(),
            new LiveSettings(TestRoom.GRACE_MS, 10_000, TestRoom.NODE, 36_000_000, 20, INTERVAL_MS));

    private List<PeerStatistics> kept() {
        return room.events.stream()
                .filter(RoomEvent.Measured.class::isInstance)
                .map(event -> ((RoomEvent.Measured) event).statistics())
                .toList();
    }

    private void measure(String peer, long bitrateBps) {
        room.room.measured(
                room.nowMs, peer, Map.of(CAM, StreamSample.at(room.nowMs).withBitrate(bitrateBps)));
    }

    @Test
    void everyPeerIsAskedOnceInEveryInterval() {
        room.join("host", "ada");
        room.join("host", "ben");
        room.pass(INTERVAL_MS - 1);
        assertThat(room.media.measured).isEmpty();
        room.pass(1);
        room.pass(INTERVAL_MS);
        assertThat(room.media.measured).containsExactly(List.of("ada", "ben"), List.of("ada", "ben"));
    }

    @Test
    void inABigRoomPeersAreAskedOneAfterTheOther() {
        for (int i = 0; i < 250; i++) {
            room.join("guest", "peer-" + i);
        }
        List<String> asked = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            room.pass(INTERVAL_MS);
            assertThat(room.media.measured.getLast()).hasSize(100);
            asked.addAll(room.media.measured.getLast());
        }
        Set<String> once = new HashSet<>(asked.subList(0, 250));
        assertThat(once).hasSize(250);
        assertThat(asked.subList(250, 500)).containsExactlyElementsOf(asked.subList(0, 250));
    }

    @Test
    void nobodyIsAskedInAnEmptyRoomOrWithoutAnInterval() {
        room.join("host", "ada").send(new PeerCommand.Leave(""));
        room.pass(3 * INTERVAL_MS);
        assertThat(room.media.measured).isEmpty();
        room.join("host", "ada");
        room.pass(INTERVAL_MS);
        assertThat(room.media.measured).hasSize(1);

        TestRoom silent = new TestRoom();
        silent.join("host", "ada");
        silent.pass(3 * INTERVAL_MS);
        assertThat(silent.media.measured).isEmpty();
    }

    @Test
    void samplesAreKeptOnceAMinuteAndWhenThePeerLeaves() {
        Client ada = room.join("host", "ada");
        long joined = room.nowMs;
        for (int i = 0; i < 8; i++) {
            room.pass(INTERVAL_MS);
            measure("ada", 1000 + i);
        }
        assertThat(kept()).hasSize(1);
        PeerStatistics minute = kept().getFirst();
        assertThat(minute.reporter()).isEqualTo(Reporter.SERVER);
        assertThat(minute.fromMs()).isEqualTo(joined + INTERVAL_MS);
        assertThat(minute.streams()).extracting(StreamSeries::stream).containsExactly(CAM);
        assertThat(minute.streams().getFirst().samples())
                .extracting(StreamSample::bitrateBps)
                .containsExactly(1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L);

        ada.send(new PeerCommand.Leave(""));
        assertThat(kept()).hasSize(2);
        assertThat(kept().getLast().streams().getFirst().samples())
                .extracting(StreamSample::bitrateBps)
                .containsExactly(1007L);
        assertThat(room.eventKinds().subList(room.events.size() - 3, room.events.size()))
                .containsExactly("Measured", "PeerGone", "SessionClosed");
    }

    @Test
    void aBackendReadsWhatIsNotKeptYet() {
        room.join("host", "ada");
        room.pass(INTERVAL_MS);
        measure("ada", 77);
        List<RoomReply> replies = new ArrayList<>();
        room.room.serve(room.nowMs, new RoomRequest.ReadStatistics("ada"), replies::add);
        room.room.serve(room.nowMs, new RoomRequest.ReadStatistics("nobody"), replies::add);

        assertThat(replies.getFirst())
                .isInstanceOfSatisfying(
                        RoomReply.Statistics.class,
                        reply -> assertThat(reply.recent().orElseThrow().streams())
                                .singleElement()
                                .satisfies(series -> assertThat(
                                                series.samples().getFirst().bitrateBps())
                                        .isEqualTo(77)));
        assertThat(replies.getLast())
                .isInstanceOfSatisfying(
                        RoomReply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(404));
        assertThat(kept()).isEmpty();
    }

    @Test
    void aLateAnswerAboutAPeerThatLeftIsNothing() {
        room.join("host", "ben");
        room.join("host", "ada").send(new PeerCommand.Leave(""));
        measure("ada", 5);
        assertThat(kept()).isEmpty();
    }

    @Test
    void theNumberOfMessagesIsWrittenEveryFewSeconds() {
        Client ada = room.join("host", "ada");
        PeerCommand hello = new PeerCommand.Broadcast("chat", "hello", List.of(), null);
        ada.send(hello);
        room.pass(1);
        ada.send(hello);
        ada.send(hello);
        room.pass(2_000);
        assertThat(said()).containsExactly(1L);
        room.pass(1_000);
        room.pass(10_000);
        assertThat(said()).containsExactly(1L, 3L);
    }

    private List<Long> said() {
        return room.events.stream()
                .filter(RoomEvent.MessagesSaid.class::isInstance)
                .map(event -> ((RoomEvent.MessagesSaid) event).messages())
                .toList();
    }

    private static Map<String, Object> sample(long atMs, Object bitrate) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("timestamp", atMs);
        sample.put("avg_bitrate_bps", bitrate);
        sample.put("avg_fps", 24.5);
        return sample;
    }

    private static Map<String, Object> stats(Object samples) {
        return Map.of("video", List.of(Map.of("track_id", "cam", "rid", "f", "source", "regular", "samples", samples)));
    }

    @Test
    void whatAClientMeasuresIsKeptAsItsWord() {
        Client ada = room.join("host", "ada");
        ada.send(new PeerCommand.Report("publisher.stats", stats(List.of(sample(room.nowMs - 10, 900_000))), ""));

        assertThat(kept()).singleElement().satisfies(piece -> {
            assertThat(piece.reporter()).isEqualTo(Reporter.CLIENT);
            assertThat(piece.peerId()).isEqualTo("ada");
            assertThat(piece.streams().getFirst().stream()).isEqualTo(CAM);
            StreamSample sample = piece.streams().getFirst().samples().getFirst();
            assertThat(sample.bitrateBps()).isEqualTo(900_000);
            assertThat(sample.fps()).isEqualTo(24.5);
            assertThat(sample.rttMs()).isEqualTo(StreamSample.UNKNOWN);
        });
    }

    @Test
    void nonsenseInTheMeasurementsOfAClientIsLeftOut() {
        Client ada = room.join("host", "ada");
        long now = room.nowMs;
        for (Object samples : List.of(
                "none",
                List.of("none"),
                List.of(Map.of()),
                List.of(sample(now - 7_200_000, 1)),
                List.of(sample(now + 7_200_000, 1)))) {
            ada.send(new PeerCommand.Report("publisher.stats", stats(samples), ""));
        }
        ada.send(new PeerCommand.Report("subscriber.stats", Map.of("audio", "none", "video", Map.of()), ""));
        assertThat(kept()).isEmpty();

        ada.send(new PeerCommand.Report(
                "publisher.stats",
                stats(List.of(
                        sample(now - 3, "much"), sample(now - 2, -5), sample(now - 2, 7), sample(now - 1, 1e300))),
                ""));
        assertThat(kept().getFirst().streams().getFirst().samples())
                .extracting(StreamSample::bitrateBps)
                .containsExactly(-1L, -1L, -1L);
    }

    @Test
    void failuresThatAClientReportsAreNotedBeforeAndAfterJoining() {
        Client ada = room.connect("host", "ada");
        Map<String, Object> info =
                Map.of("error_code", 3008, "error_name", "AutoplayBlocked", "is_terminal", false, "secret", "not kept");
        ada.send(new PeerCommand.Report("join.failed", info, "os:web,sdk:web,evil:x"));
        ada.join();
        ada.send(new PeerCommand.Report("publish.failed", info, ""));
        ada.send(new PeerCommand.Report("perf.stats", info, ""));

        List<RoomEvent.ClientReported> reported = room.events.stream()
                .filter(RoomEvent.ClientReported.class::isInstance)
                .map(RoomEvent.ClientReported.class::cast)
                .toList();
        assertThat(reported)
                .extracting(RoomEvent.ClientReported::type)
                .containsExactly("client.join.failed", "client.publish.failed");
        assertThat(reported.getFirst().details())
                .containsEntry("error_code", 3008)
                .containsEntry("error_name", "AutoplayBlocked")
                .containsEntry("agent", Map.of("os", "web", "sdk", "web", "string", "os:web,sdk:web,evil:x"))
                .doesNotContainKey("secret");
        assertThat(reported.getLast().visitor().peerId()).isEqualTo("ada");
    }

    @Test
    void aFloodOfReportsIsCutOffAndGoesOnLater() {
        Client ada = room.join("host", "ada");
        for (int i = 0; i < 500; i++) {
            ada.send(new PeerCommand.Report("disconnected", Map.of("error_code", i), ""));
        }
        assertThat(room.eventKinds()).filteredOn("ClientReported"::equals).hasSize(30);
        room.pass(5_000);
        for (int i = 0; i < 500; i++) {
            ada.send(new PeerCommand.Report("disconnected", Map.of("error_code", i), ""));
        }
        assertThat(room.eventKinds()).filteredOn("ClientReported"::equals).hasSize(35);
    }
}
