package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.TransportStatistics;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How streams are doing is told when somebody asks.
class StatisticsTest {
    private static TransportStatistics ask(Call call, TransportId transport) {
        call.sfu.submit(new SfuCommand.ReportStatistics(transport));
        SfuEvent.Statistics answer = call.events(SfuEvent.Statistics.class).getLast();
        assertThat(answer.transport()).isEqualTo(transport);
        return answer.statistics();
    }

    @Test
    void tellsRateLossDelayAndLayerOfWhatIsReceivedAndSent() {
        Call call = new Call(401);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        ada.link(LinkSettings.delay(30).withLoss(0.05).withJitter(5));
        ben.link(LinkSettings.delay(20).withLoss(0.05));
        call.runMs(10_000);

        TransportStatistics.Received received =
                ask(call, ada.transport).received().getFirst();
        assertThat(received.track()).isEqualTo(video.id());
        assertThat(received.bitrateBps()).isBetween(1_200_000L, 1_900_000L);
        assertThat(received.packets()).isBetween(1_500L, 2_000L);
        assertThat(received.bytes()).isBetween(1_500_000L, 2_400_000L);
        assertThat(received.pictures()).isBetween(200L, 310L);
        assertThat(received.lost()).isBetween(40L, 160L);
        assertThat(received.jitterNs()).isBetween(500_000L, 10_000_000L);
        assertThat(received.repairNs()).isBetween(50_000_000L, 110_000_000L);
        assertThat(received.alive()).isTrue();

        TransportStatistics.Sent sent = ask(call, ben.transport).sent().getFirst();
        assertThat(sent.subscription()).isEqualTo(seen.id());
        assertThat(sent.packets()).isEqualTo(call.count(SfuCounter.RTP_FORWARDED));
        assertThat(sent.payloadBytes()).isGreaterThan(1_500_000L);
        assertThat(sent.fractionLost()).isBetween(1, 60);
        assertThat(sent.rttNs()).isBetween(38_000_000L, 60_000_000L);
        assertThat(sent.wanted()).isEqualTo(VideoLayer.HIGH);
        assertThat(sent.layer()).isEqualTo(VideoLayer.HIGH);
        assertThat(sent.temporal()).isEqualTo(-1);
        assertThat(sent.why()).isNull();
    }

    @Test
    void tellsWhyALayerIsChosen() {
        SfuSettings following = SfuSettings.DEFAULT.withBandwidth(BandwidthSettings.DEFAULT);
        Call call = new Call(402, SrtpProfile.AEAD_AES_128_GCM, following);
        SimulcastCall simulcast = new SimulcastCall(call, List.of("f", "h", "q"), MediaCodec.VP8, 1, 1);
        simulcast.runMs(5_000);
        simulcast.ben().link(LinkSettings.delay(20).withRate(1_500_000, 75_000));
        simulcast.runMs(5_000);

        TransportStatistics statistics = ask(call, simulcast.ben().transport);
        TransportStatistics.Sent sent = statistics.sent().getFirst();
        assertThat(sent.wanted()).isEqualTo(VideoLayer.HIGH);
        assertThat(sent.layer()).isEqualTo(VideoLayer.MEDIUM);
        assertThat(sent.why()).isNotNull();
        assertThat(sent.why().reason()).isIn(Reason.BANDWIDTH, Reason.WAITING);
        assertThat(sent.why().nextBps()).isGreaterThan(sent.why().bps());
        assertThat(statistics.downlink()).isNotNull();
        assertThat(statistics.downlink().estimateBps()).isBetween(500_000L, 2_000_000L);
    }

    @Test
    void aSilentPublisherAddsNothing() {
        Call call = new Call(404);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        call.runMs(2_000);
        call.sfu.submit(new SfuCommand.SetMuted(ada.transport, video.id(), true));
        ada.link(LinkSettings.delay(30).withLoss(1));
        call.runMs(1_000);
        TransportStatistics.Received before =
                ask(call, ada.transport).received().getFirst();
        call.runMs(3_000);

        TransportStatistics.Received after = ask(call, ada.transport).received().getFirst();
        assertThat(after.bytes()).isEqualTo(before.bytes()).isPositive();
        assertThat(after.pictures()).isEqualTo(before.pictures()).isPositive();
        assertThat(after.repairNs()).isZero();
    }

    @Test
    void aTransportThatIsNotThereIsNotAnswered() {
        Call call = new Call(403);
        long unknown = call.count(SfuCounter.COMMANDS_UNKNOWN);
        call.sfu.submit(new SfuCommand.ReportStatistics(new TransportId(77)));
        assertThat(call.events(SfuEvent.Statistics.class)).isEmpty();
        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isEqualTo(unknown + 1);
    }
}
