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
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Msid;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.MediaControl;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.TrackInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A call from end to end of the control side: room, rights and negotiation together.
@Timeout(60)
class CallTest {
    private static final String OFFER = Golden.sdp("chromium-156-publish-audio-video-offer");
    private static final String STREAM = "b7887df0-93ae-461a-911e-cddefbdc4ecd";
    private static final TrackInfo AUDIO =
            new TrackInfo("01bcf31c-6952-4ac3-b7aa-abc00bdc7e06", STREAM, "audio", "regular", "", false);
    private static final TrackInfo VIDEO =
            new TrackInfo("8a50b630-afe1-4a76-94c0-4c841b157f62", STREAM, "video", "regular", "", false);

    private final TestServer server = new TestServer();
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

    private void publishAndSubscribe() throws Exception {
        answerNextOffer();
        host.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1"));
        answerNextOffer();
    }

    @Test
    void whatOnePublishesTheOtherIsOfferedUnderTheSameIds() throws Exception {
        answerNextOffer();

        assertThat(host.send(new PeerCommand.Offer(OFFER, List.of(AUDIO, VIDEO), "node-1")))
                .isInstanceOf(CommandResult.Answered.class);

        assertThat(guest.next(PeerNotice.TracksAdded.class).tracks()).containsExactly(AUDIO, VIDEO);
        String offer = guest.next(PeerNotice.SubscribeOffer.class).sdp();
        assertThat(Golden.parse(offer).media().stream()
                        .map(MediaDescription::msid)
                        .flatMap(Optional::stream))
                .containsExactly(new Msid(STREAM, AUDIO.trackId()), new Msid(STREAM, VIDEO.trackId()));
        assertThat(host.notices).noneMatch(PeerNotice.TracksAdded.class::isInstance);
    }

    @Test
    void videoFlowsWhenItIsAskedForAndThePreferenceOutlivesAReconnect() throws Exception {
        publishAndSubscribe();
        assertThat(guest.send(new PeerCommand.PreferVideo(VIDEO.trackId(), "high")))
                .isInstanceOf(CommandResult.Done.class);
        assertThat(server.sfu.last(SfuCommand.SetSubscription.class).layer()).isEqualTo(VideoLayer.HIGH);
        int before = server.sfu.of(SfuCommand.Subscribe.class).size();

        guest.link().disconnected();
        Peer back = server.connect("host", guest.id);
        String offer = back.next(PeerNotice.SubscribeOffer.class).sdp();
        back.send(new PeerCommand.Answer(Browser.answer(offer), "node-1"));

        assertThat(server.sfu.of(SfuCommand.RestartIce.class)).hasSize(1);
        assertThat(server.sfu.of(SfuCommand.Subscribe.class)).hasSize(before);
        assertThat(server.sfu.of(SfuCommand.SetSubscription.class)).hasSize(1);
    }

    @Test
    void anUnknownTrackCannotBePreferred() throws Exception {
        publishAndSubscribe();

        assertThat(guest.send(new PeerCommand.PreferVideo("unknown", "high")))
                .isEqualTo(new CommandResult.Refused(404, "no such track"));
        assertThat(host.send(new PeerCommand.PreferVideo(VIDEO.trackId(), "high")))
                .isEqualTo(new CommandResult.Refused(404, "no such track"));
    }

    @Test
    void speakersCarryTheIdsClientsKnow() throws Exception {
        publishAndSubscribe();
        TrackId audio =
                server.sfu.of(SfuCommand.Publish.class).getFirst().spec().track();

        server.events.onEvent(new SfuEvent.SpeakersChanged(
                TestServer.ROOM, List.of(new SfuEvent.Speaker(audio, 70), new SfuEvent.Speaker(new TrackId(-1), 9))));

        assertThat(guest.next(PeerNotice.Speakers.class).speakers())
                .containsExactly(new PeerNotice.Speaker(host.id, AUDIO.trackId(), 70));
        assertThat(host.next(PeerNotice.Speakers.class).speakers()).hasSize(1);
    }

    @Test
    void whoGetsAnotherLayerIsToldByTheIdsClientsKnowAndNobodyElseIs() throws Exception {
        publishAndSubscribe();
        TrackId video = server.sfu.of(SfuCommand.Publish.class).getLast().spec().track();
        SfuCommand.Subscribe subscribe = server.sfu.of(SfuCommand.Subscribe.class).stream()
                .filter(command -> command.spec().track().equals(video))
                .findFirst()
                .orElseThrow();

        server.events.onEvent(new SfuEvent.LayerChanged(
                subscribe.transport(), new SubscriptionId(-1), VideoLayer.LOW, VideoLayer.HIGH, false, true));
        server.events.onEvent(new SfuEvent.LayerChanged(
                subscribe.transport(),
                subscribe.spec().subscription(),
                VideoLayer.MEDIUM,
                VideoLayer.HIGH,
                false,
                true));

        assertThat(guest.next(PeerNotice.LayerChanged.class))
                .isEqualTo(new PeerNotice.LayerChanged(
                        VIDEO.trackId(),
                        MediaControl.VideoPreference.MEDIUM,
                        MediaControl.VideoPreference.HIGH,
                        false,
                        true));
        assertThat(host.notices).noneMatch(PeerNotice.LayerChanged.class::isInstance);
    }

    @Test
    void aBrokenPathIsRestartedByItself() throws Exception {
        publishAndSubscribe();
        TransportId subscribe =
                server.sfu.of(SfuCommand.Subscribe.class).getFirst().transport();
        server.events.onEvent(new SfuEvent.TransportConnected(subscribe));
        server.events.onEvent(new SfuEvent.TransportDisconnected(subscribe));

        await().until(() -> !server.sfu.of(SfuCommand.RestartIce.class).isEmpty());

        assertThat(server.sfu.last(SfuCommand.RestartIce.class).transport()).isEqualTo(subscribe);
        assertThat(guest.next(PeerNotice.SubscribeOffer.class).sdp())
                .contains(server.sfu.last(SfuCommand.RestartIce.class).local().ufrag());
    }

    @Test
    void aPublisherThatLeavesTakesItsTracksAlong() throws Exception {
        publishAndSubscribe();

        host.send(new PeerCommand.Leave("user request"));

        assertThat(guest.next(PeerNotice.PeerLeft.class).peer().peerId()).isEqualTo(host.id);
        String offer = guest.next(PeerNotice.SubscribeOffer.class).sdp();
        assertThat(Golden.parse(offer).media())
                .hasSize(3)
                .allMatch(section -> section.msid().isEmpty());
    }
}
