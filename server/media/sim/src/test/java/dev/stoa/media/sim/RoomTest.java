package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a room's members notice of each other.
class RoomTest {
    @Test
    void whenAPublisherLeavesTheOthersGoOn() {
        Call call = new Call(61);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Peer cem = call.joined();
        Call.Published adaVideo = ada.publishVideo();
        Call.Published benVideo = ben.publishVideo();
        Call.Subscribed fromAda = cem.subscribe(adaVideo);
        Call.Subscribed fromBen = cem.subscribe(benVideo);
        call.runMs(2_000);

        ada.leave();
        call.runMs(500);
        long packets = fromAda.sink().packets();
        long frames = fromBen.sink().framesShown();
        call.runMs(3_000);

        assertThat(fromAda.sink().packets()).isEqualTo(packets);
        assertThat(fromBen.sink().framesShown() - frames).isGreaterThan(85);
        assertThat(call.sfu.worker().transports()).isEqualTo(2);
        long unknown = call.count(SfuCounter.COMMANDS_UNKNOWN);
        cem.set(fromAda, VideoLayer.HIGH);
        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isEqualTo(unknown + 1);
    }

    @Test
    void unpublishAndUnsubscribeStopTheFlow() {
        Call call = new Call(62);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed seen = ben.subscribe(video);
        Call.Subscribed heard = ben.subscribe(audio);
        call.runMs(1_000);

        call.sfu.submit(new SfuCommand.Unsubscribe(ben.transport, heard.id()));
        call.sfu.submit(new SfuCommand.Unpublish(ada.transport, video.id()));
        call.runMs(100);
        long packets = seen.sink().packets() + heard.sink().packets();
        call.runMs(1_000);

        assertThat(seen.sink().packets() + heard.sink().packets()).isEqualTo(packets);
        assertThat(call.count(SfuCounter.DROPPED_UNBOUND_RTP)).isGreaterThan(100);
    }

    @Test
    void commandsThatNameSomethingUnknownAreIgnoredAndCounted() {
        Call call = new Call(63);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        TransportId nobody = new TransportId(999);
        TrackId nothing = new TrackId(999);
        SubscriptionId none = new SubscriptionId(999);
        SimTrack track = video.source().track();
        List<SfuCommand> unknown = List.of(
                new SfuCommand.CloseTransport(nobody),
                new SfuCommand.RestartIce(nobody, ada.serverIce),
                new SfuCommand.SetRemoteFingerprint(nobody, ada.client.fingerprint()),
                new SfuCommand.Publish(nobody, track.publishSpec(nothing)),
                new SfuCommand.Unpublish(ada.transport, nothing),
                new SfuCommand.SetMuted(ada.transport, nothing, true),
                new SfuCommand.Subscribe(ada.transport, track.subscribeSpec(none, nothing, true)),
                new SfuCommand.Unsubscribe(ada.transport, none),
                new SfuCommand.SetSubscription(ada.transport, none, VideoLayer.HIGH),
                new SfuCommand.SendText(nobody, "x", "y"),
                new SfuCommand.OpenTransport(ada.transport, Call.ROOM, ada.serverIce, null, null));

        unknown.forEach(call.sfu::submit);
        call.sfu.submit(new SfuCommand.SendText(ada.transport, "not-open", "text"));

        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isEqualTo(unknown.size());
        assertThat(call.count(SfuCounter.TEXTS_DROPPED)).isEqualTo(1);
        Call.Subscribed seen = call.joined().subscribe(video);
        call.runMs(1_000);
        assertThat(seen.sink().framesShown()).isGreaterThan(20);
    }

    @Test
    void othersMayNotUnpublishOrMuteATrack() {
        Call call = new Call(64);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        call.sfu.submit(new SfuCommand.Unpublish(ben.transport, video.id()));
        call.sfu.submit(new SfuCommand.SetMuted(ben.transport, video.id(), true));
        assertThat(call.count(SfuCounter.COMMANDS_UNKNOWN)).isEqualTo(2);
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(1_000);
        assertThat(seen.sink().framesShown()).isGreaterThan(20);
    }

    @Test
    void speakersAreToldLoudestFirstAndSilenceOnce() {
        Call call = new Call(65);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published loud = ada.publishAudio();
        Call.Published soft = ben.publishAudio();
        loud.source().audioLevel(15);
        soft.source().audioLevel(35);
        call.runMs(3_000);
        List<SfuEvent.SpeakersChanged> talking = call.events(SfuEvent.SpeakersChanged.class);
        assertThat(talking).hasSizeBetween(4, 7);
        assertThat(talking.getLast().room()).isEqualTo(Call.ROOM);
        assertThat(talking.getLast().speakers())
                .extracting(SfuEvent.Speaker::track)
                .containsExactly(loud.id(), soft.id());

        ada.mute(loud, true);
        call.runMs(1_000);
        assertThat(call.events(SfuEvent.SpeakersChanged.class).getLast().speakers())
                .extracting(SfuEvent.Speaker::track)
                .containsExactly(soft.id());

        soft.source().audioLevel(127);
        call.runMs(5_000);
        List<SfuEvent.SpeakersChanged> all = call.events(SfuEvent.SpeakersChanged.class);
        assertThat(all.getLast().speakers()).isEmpty();
        assertThat(all.stream().filter(e -> e.speakers().isEmpty())).hasSize(1);
    }

    @Test
    void textGoesBothWaysOnChannelsOfEitherSide() {
        Call call = new Call(66);
        Call.Peer ada = call.join("ion-sfu");
        ada.node.peer().channels().open("mine", "SCTP");
        ada.link(LinkSettings.delay(20).withLoss(0.1));
        call.connect(ada);
        call.runMs(5_000);
        assertThat(call.events(SfuEvent.ChannelOpened.class))
                .extracting(SfuEvent.ChannelOpened::label)
                .containsExactlyInAnyOrder("ion-sfu", "mine");

        for (int i = 0; i < 20; i++) {
            call.sfu.submit(new SfuCommand.SendText(ada.transport, "ion-sfu", "down " + i));
            assertThat(ada.node.peer().channels().send("ion-sfu", "up " + i)).isTrue();
        }
        call.runMs(5_000);

        assertThat(ada.node.peer().channels().texts()).hasSize(20).first().isEqualTo("down 0");
        assertThat(call.events(SfuEvent.TextReceived.class))
                .hasSize(20)
                .last()
                .isEqualTo(new SfuEvent.TextReceived(ada.transport, "ion-sfu", "up 19"));
    }

    /// RFC 3550 §6.4: reports in both directions, in the publisher's clock.
    @Test
    void reportsReachPublisherAndSubscriber() {
        Call call = new Call(67);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        ada.link(LinkSettings.delay(10).withLoss(0.1));
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed seen = ben.subscribe(video);
        Call.Subscribed heard = ben.subscribe(audio);
        call.runMs(10_000);

        SimFeedback toAda = ada.node.peer().feedback();
        assertThat(toAda.reportBlocks()).isGreaterThan(10);
        assertThat(toAda.transportCcs()).isGreaterThan(90);
        assertThat(toAda.rembs()).isZero();
        assertThat(ben.node.peer().feedback().senderReports()).isGreaterThan(10);
        // One wall clock for both: at the same NTP time video and audio are as old as each other.
        long videoTicks = (seen.sink().reportedNtp() - heard.sink().reportedNtp()) * 90_000 >> 32;
        int videoAtAudioReport = seen.sink().reportedTimestamp() - (int) videoTicks;
        long videoAge = (int) seen.sink().highestTimestamp() - videoAtAudioReport;
        long audioAge = (int) heard.sink().highestTimestamp() - heard.sink().reportedTimestamp();
        assertThat(Math.abs(videoAge / 90 - audioAge / 48)).isLessThan(60);
    }

    @Test
    void aPublisherWithoutTransportCcIsToldAFixedBitrate() {
        Call call = new Call(68);
        Call.Peer ada = call.joined();
        ExtensionIds bare = new ExtensionIds(4, 0, 0, 0, 0, 0, 0, 0);
        ada.publish(SimTrack.video(MediaCodec.VP8, "1", 77).withExtensions(bare), SimSource.Pace.VIDEO);
        call.runMs(5_000);
        assertThat(ada.node.peer().feedback().rembs()).isBetween(4L, 6L);
        assertThat(ada.node.peer().feedback().transportCcs()).isZero();
    }
}
