package dev.stoa.conference.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.conference.FakeSfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SubscribeSpec;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Msid;
import dev.stoa.media.wire.sdp.RtpCodec;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.rooms.live.MediaControl.Publication;
import dev.stoa.rooms.live.MediaControl.VideoPreference;
import dev.stoa.rooms.live.TrackInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Offers of the subscribe connection: protocol section 4.5, rules 1 to 10, and 4.8.
class SubscribeNegotiationTest {
    private final Media media = new Media();

    /// The publisher sends audio and VP8 video, the viewer's channel is negotiated.
    @BeforeEach
    void publisherAndViewer() {
        media.open("pub");
        media.publish("pub", Media.AV_OFFER, Media.both("vp8"));
        media.open("view");
    }

    private void subscribeToBoth() {
        Media.both("vp8").forEach(this::subscribe);
    }

    private void subscribe(Publication track) {
        media.room.subscribe("view", "pub", track.track());
    }

    /// One round: the offer that is due, answered as a browser does.
    private SessionDescription round() {
        String offer = media.offerTo("view");
        media.room.answer("view", Browser.answer(offer));
        return Golden.parse(offer);
    }

    private void connected() {
        media.room.connected(media.subscribeTransport("view"));
    }

    @Test
    void theFirstOfferHoldsTheChannelAlone() {
        SessionDescription offer = Golden.parse(media.offerTo("view"));

        MediaDescription channel = offer.media().getFirst();
        assertThat(offer.media()).hasSize(1);
        assertThat(offer.iceLite()).isTrue();
        assertThat(channel.isDataChannel()).isTrue();
        assertThat(channel.transport().setup()).hasValue(Setup.ACTPASS);
        assertThat(channel.transport().fingerprint().orElseThrow().value()).isEqualTo(FakeSfu.FINGERPRINT.value());
        assertThat(channel.candidates()).hasSize(3);
        SfuCommand.OpenTransport opened = media.sfu.last(SfuCommand.OpenTransport.class);
        assertThat(channel.transport().iceUfrag()).isEqualTo(opened.local().ufrag());
    }

    @Test
    void theCertificateOfTheFirstAnswerIsHandedOn() {
        round();
        subscribeToBoth();
        round();

        assertThat(media.sfu.of(SfuCommand.SetRemoteFingerprint.class)).hasSize(1);
        assertThat(media.sfu
                        .last(SfuCommand.SetRemoteFingerprint.class)
                        .fingerprint()
                        .value())
                .isEqualTo(Browser.FINGERPRINT);
    }

    @Test
    void everyTrackIsASectionWithThePublishersIds() {
        subscribeToBoth();

        SessionDescription offer = round();

        assertThat(offer.media()).extracting(MediaDescription::mid).containsExactly("0", "1", "2");
        assertThat(offer.bundle()).containsExactly("0", "1", "2");
        assertThat(offer.media().get(1).msid()).hasValue(new Msid(Media.AV_STREAM, Media.AUDIO));
        MediaDescription video = offer.media().get(2);
        assertThat(video.msid()).hasValue(new Msid(Media.AV_STREAM, Media.VIDEO));
        assertThat(video.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(video.codecs()).extracting(RtpCodec::name).containsExactly("VP8", "rtx");
        assertThat(video.ssrcGroups()).hasSize(1);
        assertThat(video.ssrcs().getFirst().cname()).isEqualTo("pub");
    }

    /// RFC 2198 §5. Browsers that do not know it leave it out of their answer.
    @Test
    void repeatedAudioIsSentToThoseWhoTakeIt() {
        subscribe(Media.audio(Media.AUDIO, Media.AV_STREAM));
        RtpCodec red = round().media().get(1).codecs().get(1);

        assertThat(red.is("red")).isTrue();
        assertThat(red.parameters()).isEqualTo("111/111");
        assertThat(media.sfu.last(SfuCommand.Subscribe.class).spec().redPayloadType())
                .isEqualTo(red.payloadType());
    }

    @Test
    void othersGetPlainOpus() {
        subscribe(Media.audio(Media.AUDIO, Media.AV_STREAM));
        String answer = Browser.answer(media.offerTo("view"));
        media.room.answer(
                "view", answer.replaceAll("a=(rtpmap|fmtp):63 [^\r]*\r\n", "").replace("111 63", "111"));

        SubscribeSpec spec = media.sfu.last(SfuCommand.Subscribe.class).spec();
        assertThat(spec.payloadType()).isEqualTo(111);
        assertThat(spec.redPayloadType()).isEqualTo(-1);
    }

    @Test
    void theMediaServerKnowsWhatIsImportant() {
        TrackInfo screen = new TrackInfo(Media.VIDEO, Media.AV_STREAM, "video", "screen", "", false);
        Publication audio = Media.audio(Media.AUDIO, Media.AV_STREAM);
        media.open("talk");
        media.publish("talk", Media.AV_OFFER, List.of(audio, new Publication(screen, "vp8", List.of(), 3, 32)));
        media.room.subscribe("view", "talk", screen);
        round();

        SubscribeSpec spec = media.sfu.last(SfuCommand.Subscribe.class).spec();
        assertThat(spec.screen()).isTrue();
        assertThat(spec.priority()).isEqualTo(3);
    }

    @Test
    void theMediaServerForwardsWhatTheOfferSays() {
        subscribeToBoth();

        MediaDescription video = round().media().get(2);

        SubscribeSpec spec = media.sfu.last(SfuCommand.Subscribe.class).spec();
        assertThat(spec.mid()).isEqualTo("2");
        assertThat(spec.ssrc()).isEqualTo(video.ssrcs().getFirst().ssrc());
        assertThat(spec.rtxSsrc()).isEqualTo(video.rtxSsrcFor(spec.ssrc()).orElseThrow());
        assertThat(spec.payloadType()).isEqualTo(video.codecs().getFirst().payloadType());
        assertThat(spec.rtxPayloadType())
                .isEqualTo(video.rtxFor(spec.payloadType()).orElseThrow());
        assertThat(spec.extensions().mid()).isEqualTo(video.extensionId(HeaderExtensions.MID));
        assertThat(spec.track())
                .isEqualTo(media.sfu.last(SfuCommand.Publish.class).spec().track());
    }

    @ParameterizedTest
    @CsvSource({"h264, H264", "vp9, VP9", "av1, AV1"})
    void subscribersAreOfferedThePublishersCodec(String codec, String name) {
        media.publish("pub", Media.AV_OFFER, Media.both(codec));
        subscribeToBoth();

        assertThat(round().media().get(2).codecs().getFirst().name()).isEqualTo(name);
    }

    @Test
    void audioFlowsAtOnceAndVideoWhenItIsAskedFor() {
        subscribeToBoth();
        round();

        assertThat(media.sfu.of(SfuCommand.Subscribe.class))
                .extracting(command -> command.spec().wanted())
                .containsExactly(VideoLayer.HIGH, VideoLayer.NONE);

        assertThat(media.room.preferVideo("view", Media.VIDEO, VideoPreference.MEDIUM))
                .isTrue();
        assertThat(media.sfu.last(SfuCommand.SetSubscription.class).layer()).isEqualTo(VideoLayer.MEDIUM);
        assertThat(media.room.preferAudio("view", Media.AUDIO, false)).isTrue();
        assertThat(media.sfu.last(SfuCommand.SetSubscription.class).layer()).isEqualTo(VideoLayer.NONE);
        assertThat(media.room.preferVideo("view", "unknown", VideoPreference.HIGH))
                .isFalse();
    }

    @Test
    void withAutomaticSubscriptionVideoFlowsAtOnce() {
        media.room.open("view", Media.JOIN_OFFER, true);
        subscribeToBoth();
        round();

        assertThat(media.sfu.of(SfuCommand.Subscribe.class))
                .extracting(command -> command.spec().wanted())
                .containsExactly(VideoLayer.HIGH, VideoLayer.HIGH);
    }

    @Test
    void nothingIsForwardedBeforeTheAnswer() {
        subscribeToBoth();
        media.offerTo("view");

        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPreferenceThatOvertakesTheAnswerCounts(VideoPreference preference) {
        subscribeToBoth();
        String offer = media.offerTo("view");

        media.room.preferVideo("view", Media.VIDEO, preference);
        assertThat(media.sfu.of(SfuCommand.SetSubscription.class)).isEmpty();
        media.room.answer("view", Browser.answer(offer));

        assertThat(media.sfu.last(SfuCommand.Subscribe.class).spec().wanted().name())
                .isEqualTo(preference.name());
    }

    @Test
    void oneOfferIsOutstandingAndChangesAreCollected() {
        String first = media.offerTo("view");
        subscribeToBoth();

        assertThat(media.room.drainOffers()).noneMatch(offer -> offer.peerId().equals("view"));

        media.room.answer("view", Browser.answer(first));
        assertThat(round().media()).hasSize(3);
        assertThat(media.room.drainOffers()).noneMatch(offer -> offer.peerId().equals("view"));
    }

    @Test
    void preferencesSurviveRenegotiation() {
        subscribe(Media.both("vp8").getLast());
        round();
        media.room.preferVideo("view", Media.VIDEO, VideoPreference.HIGH);
        int before = media.sfu.commands.size();

        subscribe(Media.both("vp8").getFirst());
        round();

        assertThat(media.sfu.commands.subList(before, media.sfu.commands.size()))
                .singleElement()
                .isInstanceOf(SfuCommand.Subscribe.class);
    }

    @Test
    void aRemovedTrackLeavesAnInactiveSectionThatIsReused() {
        subscribeToBoth();
        SessionDescription first = round();

        media.room.unsubscribe("view", Media.VIDEO);
        SessionDescription second = round();

        assertThat(media.sfu.of(SfuCommand.Unsubscribe.class)).hasSize(1);
        assertThat(second.media()).hasSize(3);
        assertThat(second.media().get(2).direction()).isEqualTo(Direction.INACTIVE);
        assertThat(second.media().get(2).msid()).isEmpty();

        media.publish(
                "pub",
                Media.AV_OFFER.replace(Media.VIDEO, "next"),
                List.of(Media.audio(Media.AUDIO, Media.AV_STREAM), Media.video("next", Media.AV_STREAM, "vp8")));
        subscribe(Media.video("next", Media.AV_STREAM, "vp8"));
        SessionDescription third = round();

        assertThat(third.media()).hasSize(3);
        assertThat(third.media().get(2).msid()).hasValue(new Msid(Media.AV_STREAM, "next"));
        assertThat(third.media().get(2).ssrcs().getFirst().ssrc())
                .isNotEqualTo(first.media().get(2).ssrcs().getFirst().ssrc());
    }

    @Test
    void aTrackThatWasUnpublishedNeedsNoUnsubscribe() {
        subscribeToBoth();
        round();
        media.publish("pub", Media.AV_OFFER, List.of(Media.audio(Media.AUDIO, Media.AV_STREAM)));

        media.room.unsubscribe("view", Media.VIDEO);

        assertThat(media.sfu.of(SfuCommand.Unsubscribe.class)).isEmpty();
        assertThat(round().media().get(2).direction()).isEqualTo(Direction.INACTIVE);
    }

    @Test
    void aTrackRemovedWhileItsOfferWasOutIsNotForwarded() {
        subscribeToBoth();
        String offer = media.offerTo("view");
        media.room.unsubscribe("view", Media.VIDEO);

        media.room.answer("view", Browser.answer(offer));

        assertThat(media.sfu.of(SfuCommand.Subscribe.class))
                .singleElement()
                .extracting(command -> command.spec().mid())
                .isEqualTo("1");
    }

    @Test
    void twoVideosNeverShareAStreamIdNorDoPublishers() {
        media.open("other");
        String offer = Media.AV_OFFER.replace(Media.VIDEO, "v2").replace(Media.AUDIO, "a2");
        media.publish(
                "other", offer, List.of(Media.audio("a2", Media.AV_STREAM), Media.video("v2", Media.AV_STREAM, "vp8")));
        subscribeToBoth();
        media.room.subscribe("view", "other", Media.audio("a2", Media.AV_STREAM).track());
        media.room.subscribe(
                "view", "other", Media.video("v2", Media.AV_STREAM, "vp8").track());

        List<String> streams = round().media().stream()
                .map(MediaDescription::msid)
                .flatMap(Optional::stream)
                .map(Msid::stream)
                .toList();

        assertThat(streams)
                .containsExactly(Media.AV_STREAM, Media.AV_STREAM, Media.AV_STREAM + "-2", Media.AV_STREAM + "-2");
    }

    @Test
    void answersThatDoNotFitAreIgnored() {
        String first = media.offerTo("view");
        String firstAnswer = Browser.answer(first);
        media.room.answer("view", firstAnswer);
        subscribeToBoth();
        String second = media.offerTo("view");

        media.room.answer("view", "garbage");
        media.room.answer("view", firstAnswer);
        media.room.answer("view", Browser.answer(second, "FF:FF"));
        media.room.answer(
                "view", Browser.answer(second).replace("a=mid:2", "a=mid:9").replace("0 1 2", "0 1 9"));
        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).isEmpty();

        media.room.answer("view", Browser.answer(second));
        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).hasSize(2);
        media.room.answer("view", Browser.answer(second));
        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).hasSize(2);
    }

    @Test
    void aSectionTheBrowserRefusesIsNeverUsedAgain() {
        subscribeToBoth();
        String offer = media.offerTo("view");
        media.room.answer("view", Browser.answer(offer).replace("m=video 9", "m=video 0"));

        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).hasSize(1);
        media.room.unsubscribe("view", Media.VIDEO);
        SessionDescription next = round();
        assertThat(next.media().get(2).port()).isZero();
        assertThat(next.bundle()).containsExactly("0", "1");

        subscribe(Media.both("vp8").getLast());
        SessionDescription last = round();
        assertThat(last.media()).hasSize(4);
        assertThat(last.media().get(3).msid()).hasValue(new Msid(Media.AV_STREAM, Media.VIDEO));
    }

    @Test
    void aPathThatStaysBrokenIsRestartedByUs() {
        SessionDescription before = round();
        connected();

        media.room.disconnected(media.nowMs, media.subscribeTransport("view"));
        assertThat(media.room.nextDeadlineMs()).isEqualTo(media.nowMs + 3_000);
        media.room.handleTimeout(media.nowMs + 2_999);
        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();
        media.room.handleTimeout(media.nowMs + 3_000);

        SfuCommand.RestartIce restart = media.sfu.last(SfuCommand.RestartIce.class);
        assertThat(restart.transport()).isEqualTo(media.subscribeTransport("view"));
        String ufrag = round().media().getFirst().transport().iceUfrag();
        assertThat(ufrag)
                .isEqualTo(restart.local().ufrag())
                .isNotEqualTo(before.media().getFirst().transport().iceUfrag());
    }

    @Test
    void aPathThatMendsItselfIsLeftAlone() {
        round();
        connected();
        media.room.disconnected(media.nowMs, media.subscribeTransport("view"));
        connected();

        media.room.handleTimeout(media.nowMs + 60_000);

        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();
        assertThat(media.room.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRestartWaitsForTheOutstandingAnswer() {
        round();
        connected();
        subscribeToBoth();
        String offer = media.offerTo("view");
        media.room.disconnected(media.nowMs, media.subscribeTransport("view"));
        media.room.handleTimeout(media.nowMs + 3_000);
        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();

        media.room.answer("view", Browser.answer(offer));
        media.room.handleTimeout(media.room.nextDeadlineMs());

        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).hasSize(1);
    }

    @Test
    void whileThePeerIsAwayOffersWait() {
        round();
        connected();
        media.room.suspend("view");
        subscribeToBoth();

        assertThat(media.room.drainOffers()).noneMatch(offer -> offer.peerId().equals("view"));
        media.room.resume("view");

        assertThat(round().media()).hasSize(3);
        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();
    }

    @Test
    void anOfferThatWasOutWhenThePeerLeftIsMadeAgain() {
        round();
        connected();
        subscribeToBoth();
        media.offerTo("view");
        media.room.suspend("view");
        media.room.resume("view");

        assertThat(round().media()).hasSize(3);
        assertThat(media.sfu.of(SfuCommand.Subscribe.class)).hasSize(2);
    }

    @Test
    void aReturnWithABrokenPathRestartsIt() {
        round();
        connected();
        media.room.suspend("view");
        media.room.disconnected(media.nowMs, media.subscribeTransport("view"));
        media.room.handleTimeout(media.nowMs + 60_000);
        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();

        media.room.resume("view");

        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).hasSize(1);
        assertThat(round().media()).hasSize(1);
    }

    @Test
    void textsGoOverTheChannel() {
        media.room.sendText("view", "{}");

        assertThat(media.sfu.last(SfuCommand.SendText.class))
                .isEqualTo(new SfuCommand.SendText(media.subscribeTransport("view"), "ion-sfu", "{}"));
        assertThat(media.room.requester(media.subscribeTransport("view"), "ion-sfu"))
                .isEqualTo("view");
        assertThat(media.room.requester(media.publishTransport("view"), "ion-sfu"))
                .isNull();
        assertThat(media.room.requester(media.subscribeTransport("view"), "other"))
                .isNull();
    }
}
