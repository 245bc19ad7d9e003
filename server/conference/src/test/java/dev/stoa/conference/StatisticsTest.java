package dev.stoa.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.conference.TestServer.Peer;
import dev.stoa.conference.negotiation.Browser;
import dev.stoa.conference.negotiation.Golden;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.TransportStatistics;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Decision;
import dev.stoa.media.sfu.allocation.Reason;
import dev.stoa.rooms.live.LiveSettings;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the media server counts becomes samples by the ids clients know, and outlives the peer.
@Timeout(60)
class StatisticsTest {
    private static final String OFFER = Golden.sdp("chromium-156-publish-audio-video-offer");
    private static final String STREAM = "b7887df0-93ae-461a-911e-cddefbdc4ecd";
    private static final TrackInfo AUDIO =
            new TrackInfo("01bcf31c-6952-4ac3-b7aa-abc00bdc7e06", STREAM, "audio", "regular", "", false);
    private static final TrackInfo VIDEO =
            new TrackInfo("8a50b630-afe1-4a76-94c0-4c841b157f62", STREAM, "video", "regular", "", false);
    private static final long S = 1_000_000_000L;

    private final TestServer server = new TestServer(new LiveSettings(75_000, 100, "node-1", 36_000_000, 20, 50), 1000);
    private final Peer host = server.join("host");
    private final Peer guest = server.join("host");

    @AfterEach
    void close() {
        server.close();
    }

    private void answerNextOffer() throws Exception {
        String offer = guest.next(PeerNotice.SubscribeOffer.class).sdp();
        guest.send(new PeerCommand.Answer(Browser.answer(offer), "node-1"));
    }

    private void tell(TransportStatistics statistics, TransportId transport) {
        server.events.onEvent(new SfuEvent.Statistics(transport, statistics));
    }

    private static TransportStatistics received(long atNs, TrackId track, String rid, long bytes, long lost) {
        return new TransportStatistics(
                atNs,
                null,
                List.of(new TransportStatistics.Received(
                        track,
                        rid,
                        VideoLayer.HIGH,
                        true,
                        0,
                        bytes,
                        atNs / S * 25,
                        bytes / 1000,
                        lost,
                        0,
                        4_500_000,
                        0)),
                List.of());
    }

    private static TransportStatistics sent(
            long atNs, SubscriptionId subscription, TrackId track, long bytes, @Nullable Decision why) {
        return new TransportStatistics(
                atNs,
                null,
                List.of(),
                List.of(new TransportStatistics.Sent(
                        subscription,
                        track,
                        bytes / 1000,
                        bytes,
                        64,
                        30_000_000,
                        VideoLayer.HIGH,
                        VideoLayer.MEDIUM,
                        -1,
                        why)));
    }

    private Optional<PeerStatistics> recent(Peer peer) {
        return server.rooms.ask(TestServer.ROOM, new RoomRequest.ReadStatistics(peer.id))
                        instanceof RoomReply.Statistics(Optional<PeerStatistics> statistics)
                ? statistics
                : Optional.empty();
    }

    @Test
    void everyTransportIsAskedAgainAndAgain() {
        await().until(() -> server.sfu.of(SfuCommand.ReportStatistics.class).size() >= 8);
        assertThat(server.sfu.of(SfuCommand.ReportStatistics.class).stream()
                        .map(SfuCommand.ReportStatistics::transport)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(server.sfu.of(SfuCommand.OpenTransport.class).stream()
                        .map(SfuCommand.OpenTransport::transport)
                        .toList());
    }

    @Test
    void ratesFollowFromTwoAnswersAndAreKeptWhenThePeerLeaves() throws Exception {
        answerNextOffer();
        host.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1"));
        answerNextOffer();
        SfuCommand.Publish video = server.sfu.of(SfuCommand.Publish.class).stream()
                .filter(publish -> publish.spec().codec().clockRate() == 90_000)
                .findFirst()
                .orElseThrow();
        SfuCommand.Subscribe seen = server.sfu.of(SfuCommand.Subscribe.class).stream()
                .filter(subscribe ->
                        subscribe.spec().track().equals(video.spec().track()))
                .findFirst()
                .orElseThrow();
        TrackId track = video.spec().track();
        Decision why = new Decision(
                1, VideoLayer.MEDIUM, 2, VideoLayer.HIGH, Reason.BANDWIDTH, 500_000, 1_500_000, 900_000, 0);

        tell(received(10 * S, track, "f", 1_000_000, 0), video.transport());
        tell(received(20 * S, track, "f", 2_500_000, 500), video.transport());
        tell(sent(10 * S, seen.spec().subscription(), track, 0, why), seen.transport());
        tell(sent(15 * S, seen.spec().subscription(), track, 312_500, why), seen.transport());
        await().until(() -> recent(guest).isPresent());

        assertThat(recent(host).orElseThrow().streams()).singleElement().satisfies(series -> {
            assertThat(series.stream()).isEqualTo(StreamId.published(StreamId.Kind.VIDEO, VIDEO.trackId(), false, "f"));
            StreamSample sample = series.samples().getFirst();
            assertThat(series.samples()).hasSize(1);
            assertThat(sample.bitrateBps()).isEqualTo(1_200_000);
            assertThat(sample.lossPercent()).isEqualTo(25);
            assertThat(sample.jitterMs()).isEqualTo(4.5);
            assertThat(sample.fps()).isEqualTo(25);
            assertThat(sample.rttMs()).isEqualTo(StreamSample.UNKNOWN);
            assertThat(sample.layer()).isEqualTo("high");
        });

        guest.send(new PeerCommand.Leave(""));
        String session = server.stores.sessions().open().getFirst().id();
        await().until(() -> !server.stores.statistics().of(session, guest.id).isEmpty());
        List<StreamSeries> kept =
                server.stores.statistics().of(session, guest.id).getFirst().streams();
        assertThat(kept).singleElement().satisfies(series -> {
            assertThat(series.stream()).isEqualTo(StreamId.received(StreamId.Kind.VIDEO, VIDEO.trackId(), false));
            StreamSample sample = series.samples().getFirst();
            assertThat(sample.bitrateBps()).isEqualTo(500_000);
            assertThat(sample.lossPercent()).isEqualTo(25);
            assertThat(sample.rttMs()).isEqualTo(30);
            assertThat(sample.layer()).isEqualTo("medium");
            assertThat(sample.reason()).isEqualTo("bandwidth");
        });
    }

    @Test
    void anEncodingWhoseCountersBeginAnewHasNoSampleOfNonsense() throws Exception {
        answerNextOffer();
        host.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1"));
        SfuCommand.Publish publish = server.sfu.last(SfuCommand.Publish.class);
        TrackId track = publish.spec().track();

        tell(received(10 * S, track, "", 9_000_000, 0), publish.transport());
        tell(received(20 * S, track, "", 1_000, 0), publish.transport());
        tell(received(30 * S, track, "", 11_000, 0), publish.transport());
        await().until(() -> recent(host).isPresent());

        assertThat(recent(host).orElseThrow().streams().getFirst().samples())
                .extracting(StreamSample::bitrateBps)
                .containsExactly(8_000L);
    }
}
