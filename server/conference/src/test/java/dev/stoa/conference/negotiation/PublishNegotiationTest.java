package dev.stoa.conference.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.conference.FakeSfu;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.ExtMap;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.RtcpFeedback;
import dev.stoa.media.wire.sdp.RtpCodec;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.rooms.live.MediaControl.Negotiated;
import dev.stoa.rooms.live.MediaControl.Publication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers to the publish connection (protocol sections 4.2 to 4.6, RFC 9429 §5.3), on captured offers.
class PublishNegotiationTest {
    private final Media media = new Media();

    @Test
    void theJoinOfferIsAnsweredWithIceLiteAndAllCandidates() {
        SessionDescription answer = Golden.parse(media.open("p", Media.JOIN_OFFER));

        MediaDescription channel = answer.media().getFirst();
        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.bundle()).containsExactly("0");
        assertThat(answer.media()).hasSize(1);
        assertThat(channel.isDataChannel()).isTrue();
        assertThat(channel.sctpPort()).hasValue(5000);
        assertThat(channel.transport().setup()).hasValue(Setup.PASSIVE);
        assertThat(channel.transport().fingerprint().orElseThrow().value()).isEqualTo(FakeSfu.FINGERPRINT.value());
        assertThat(channel.candidates())
                .hasSize(3)
                .isSortedAccordingTo((a, b) -> Long.compare(b.priority(), a.priority()));
        assertThat(channel.candidates().getLast().tcpType()).isEqualTo("passive");
        assertThat(channel.endOfCandidates()).isTrue();
    }

    @Test
    void theJoinOfferOpensBothTransportsWithTheCredentialsOfTheAnswer() {
        MediaDescription answer =
                Golden.parse(media.open("p", Media.JOIN_OFFER)).media().getFirst();

        List<SfuCommand.OpenTransport> opened = media.sfu.of(SfuCommand.OpenTransport.class);
        assertThat(opened).hasSize(2);
        assertThat(opened.getFirst().local().ufrag())
                .isEqualTo(answer.transport().iceUfrag());
        assertThat(opened.getFirst().local().password())
                .isEqualTo(answer.transport().icePwd());
        assertThat(opened.getFirst().remoteFingerprint().value()).startsWith("08:04:7C:7D");
        assertThat(opened.getFirst().dataChannel()).isNull();
        assertThat(opened.getLast().remoteFingerprint()).isNull();
        assertThat(opened.getLast().dataChannel()).isEqualTo("ion-sfu");
        assertThat(opened).extracting(SfuCommand.OpenTransport::room).containsOnly("room-1");
    }

    @ParameterizedTest
    @CsvSource({
        "vp8, VP8, 96, 97, VP8, ''",
        "h264, H264, 108, 109, H264, level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        "vp9, VP9, 98, 99, VP9, profile-id=0",
        "av1, AV1, 45, 46, AV1, level-idx=5;profile=0;tier=0"
    })
    void theAnswerHasExactlyTheCodecOfTheRole(
            String codec, String name, int payloadType, int rtx, MediaCodec known, String parameters) {
        media.open("p");

        SessionDescription answer = Golden.parse(
                media.publish("p", Media.AV_OFFER, Media.both(codec)).sdp());

        MediaDescription video = answer.media().get(2);
        assertThat(video.formats()).containsExactly("" + payloadType, "" + rtx);
        RtpCodec chosen = video.codecs().getFirst();
        assertThat(chosen.name()).isEqualTo(name);
        assertThat(chosen.parameters()).isEqualTo(parameters);
        assertThat(chosen.feedback())
                .containsExactlyInAnyOrder(
                        new RtcpFeedback("nack", ""),
                        new RtcpFeedback("nack", "pli"),
                        new RtcpFeedback("ccm", "fir"),
                        new RtcpFeedback("transport-cc", ""),
                        new RtcpFeedback("goog-remb", ""));
        assertThat(video.codecs().getLast().apt()).hasValue(payloadType);
        PublishSpec spec = media.sfu.last(SfuCommand.Publish.class).spec();
        assertThat(spec.codec()).isEqualTo(known);
        assertThat(spec.payloadType()).isEqualTo(payloadType);
        assertThat(spec.rtxPayloadType()).isEqualTo(rtx);
    }

    @Test
    void orderMidsAndDirectionsMirrorTheOffer() {
        media.open("p");

        SessionDescription answer = Golden.parse(
                media.publish("p", Media.AV_OFFER, Media.both("vp8")).sdp());

        assertThat(answer.media())
                .extracting(section -> section.kind().text())
                .containsExactly("application", "audio", "video");
        assertThat(answer.media()).extracting(MediaDescription::mid).containsExactly("0", "1", "2");
        assertThat(answer.bundle()).containsExactly("0", "1", "2");
        assertThat(answer.media().subList(1, 3))
                .extracting(MediaDescription::direction)
                .containsOnly(Direction.RECVONLY);
        assertThat(answer.media().subList(1, 3)).allMatch(MediaDescription::rtcpMux);
        assertThat(answer.media().subList(1, 3))
                .allMatch(section -> section.candidates().isEmpty());
    }

    @Test
    void opusIsAskedToPauseInSilence() {
        media.open("p");

        MediaDescription audio = Golden.parse(
                        media.publish("p", Media.AV_OFFER, Media.both("vp8")).sdp())
                .media()
                .get(1);

        assertThat(audio.formats()).containsExactly("111");
        assertThat(audio.codecs().getFirst().parameter("usedtx")).hasValue("1");
        assertThat(audio.codecs().getFirst().channels()).isEqualTo(2);
    }

    /// RFC 7587 §6.1: a pause in music is music, and one channel is not enough for it.
    @Test
    void rolesWithAHighAudioRatePlayMusic() {
        media.open("p");
        Publication video = Media.both("vp8").getLast();
        Publication music =
                new Publication(Media.audio(Media.AUDIO, Media.AV_STREAM).track(), "opus", List.of(), 1, 128);

        RtpCodec opus = Golden.parse(media.publish("p", Media.AV_OFFER, List.of(music, video))
                        .sdp())
                .media()
                .get(1)
                .codecs()
                .getFirst();

        assertThat(opus.parameter("stereo")).hasValue("1");
        assertThat(opus.parameter("maxaveragebitrate")).hasValue("128000");
        assertThat(opus.parameter("useinbandfec")).hasValue("1");
        assertThat(opus.parameter("usedtx")).isEmpty();
    }

    @Test
    void onlyExtensionsWeUseAreTakenWithTheOfferersIds() {
        media.open("p");

        SessionDescription answer = Golden.parse(
                media.publish("p", Media.AV_OFFER, Media.both("vp8")).sdp());

        assertThat(answer.media().get(1).extensions()).extracting(ExtMap::id).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(answer.media().get(2).extensions())
                .extracting(ExtMap::id)
                .containsExactlyInAnyOrder(2, 13, 3, 4, 10, 11);
        PublishSpec audio = media.sfu.of(SfuCommand.Publish.class).getFirst().spec();
        assertThat(audio.extensions().audioLevel()).isEqualTo(1);
        assertThat(audio.extensions().transportCc()).isEqualTo(3);
        assertThat(audio.extensions().mid()).isEqualTo(4);
    }

    @Test
    void tracksAreBoundByMsidWithTheirSources() {
        media.open("p");

        Negotiated.Answered answered = media.publish("p", Media.AV_OFFER, Media.both("vp8"));

        assertThat(answered.trackIds()).containsExactlyInAnyOrder(Media.AUDIO, Media.VIDEO);
        PublishSpec video = media.sfu.last(SfuCommand.Publish.class).spec();
        MediaDescription offered = Golden.parse(Media.AV_OFFER).media().get(2);
        assertThat(video.kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(video.mid()).isEqualTo("2");
        assertThat(video.ssrcs()).containsExactly(offered.ssrcs().getFirst().ssrc());
        assertThat(video.rtxSsrcs())
                .containsExactly(offered.rtxSsrcFor(video.ssrcs().getFirst()).orElseThrow());
    }

    /// Firefox writes other track ids into `msid` than the application sees (protocol section 4.3).
    @Test
    void aTrackWithAnotherIdInTheDescriptionIsBoundByStreamAndKind() {
        String offer = Golden.sdp("handwritten-firefox-like-offer");
        String stream = "{5b4c0f5e-0f7c-4d43-9d0f-6d5f9d5c5f0e}";
        media.open("p", Media.joinOfferLike(offer).replace("a=mid:0", "a=mid:2").replace("BUNDLE 0", "BUNDLE 2"));
        media.room.close("p");
        String first = firefoxWithChannelFirst(offer);
        media.open("p", Media.joinOfferLike(offer).replace("a=mid:0", "a=mid:2").replace("BUNDLE 0", "BUNDLE 2"));

        Negotiated.Answered answered = media.publish(
                "p", first, List.of(Media.audio("published-a", stream), Media.video("published-v", stream, "h264")));

        assertThat(answered.trackIds()).containsExactlyInAnyOrder("published-a", "published-v");
        assertThat(media.sfu.last(SfuCommand.Publish.class).spec().payloadType())
                .isEqualTo(126);
        assertThat(media.sfu.last(SfuCommand.Publish.class).spec().rtxPayloadType())
                .isEqualTo(127);
    }

    /// Clients of this protocol negotiate the channel before anything else.
    private static String firefoxWithChannelFirst(String offer) {
        int audio = offer.indexOf("m=audio");
        int channel = offer.indexOf("m=application");
        return offer.substring(0, audio).replace("BUNDLE 0 1 2", "BUNDLE 2 0 1")
                + offer.substring(channel)
                + offer.substring(audio, channel);
    }

    @Test
    void aSectionWithoutAnAnnouncedTrackStaysInactive() {
        media.open("p");

        Negotiated.Answered answered =
                media.publish("p", Media.AV_OFFER, List.of(Media.audio(Media.AUDIO, Media.AV_STREAM)));

        SessionDescription answer = Golden.parse(answered.sdp());
        assertThat(answer.media().get(2).direction()).isEqualTo(Direction.INACTIVE);
        assertThat(answer.media().get(2).port()).isNotZero();
        assertThat(answer.bundle()).contains("2");
        assertThat(media.sfu.of(SfuCommand.Publish.class)).hasSize(1);
    }

    @Test
    void aTrackOfTheWrongKindIsNotBound() {
        media.open("p");
        List<Publication> swapped = List.of(Media.video(Media.AUDIO, "other", "vp8"));

        assertThat(media.publish("p", Media.AV_OFFER, swapped).trackIds()).isEmpty();
        assertThat(media.sfu.of(SfuCommand.Publish.class)).isEmpty();
    }

    @Test
    void repeatingAnOfferPublishesNothingAgain() {
        media.open("p");
        media.publish("p", Media.AV_OFFER, Media.both("vp8"));
        int before = media.sfu.commands.size();

        media.publish("p", Media.AV_OFFER, Media.both("vp8"));

        assertThat(media.sfu.commands).hasSize(before);
    }

    @Test
    void removedTracksAreUnpublishedAndTheOthersStay() {
        String offer = Golden.sdp("chromium-156-unpublish-offer");
        String stream = "14448153-184d-442d-b74b-a39001b3311a";
        media.open("p", Media.joinOfferLike(offer));
        String all = offer.replace("a=inactive", "a=sendonly");
        List<Publication> kept = List.of(
                Media.audio("a53c87b4-d17a-426d-8328-5a9d006b473b", stream),
                Media.video("893d10c6-2e97-4afe-8c67-e8c28ec3a2a2", stream, "vp8"));
        List<Publication> before = List.of(
                Media.audio("88ad242a-16c7-42b3-a438-6d74726b564f", "dac6526c-53c4-4399-bd26-3133bd024d68"),
                Media.video("125b45ff-4b24-4d67-811c-57a0908b6b96", "dac6526c-53c4-4399-bd26-3133bd024d68", "vp8"),
                kept.getFirst(),
                kept.getLast());
        media.publish("p", all, before);

        Negotiated.Answered answered = media.publish("p", offer, kept);

        assertThat(answered.trackIds()).hasSize(2);
        assertThat(media.sfu.of(SfuCommand.Publish.class)).hasSize(4);
        assertThat(media.sfu.of(SfuCommand.Unpublish.class)).hasSize(2);
        assertThat(Golden.parse(answered.sdp()).media())
                .extracting(MediaDescription::direction)
                .endsWith(Direction.INACTIVE, Direction.INACTIVE, Direction.RECVONLY, Direction.RECVONLY);
    }

    @Test
    void aSectionReusedWithANewMsidIsAnotherTrack() {
        media.open("p");
        media.publish("p", Media.AV_OFFER, Media.both("vp8"));
        SfuCommand.Publish old = media.sfu.last(SfuCommand.Publish.class);

        String reused = Media.AV_OFFER.replace(Media.VIDEO, "next-video");
        media.publish(
                "p",
                reused,
                List.of(Media.audio(Media.AUDIO, Media.AV_STREAM), Media.video("next-video", Media.AV_STREAM, "vp8")));

        SfuCommand.Publish fresh = media.sfu.last(SfuCommand.Publish.class);
        assertThat(fresh.spec().mid()).isEqualTo(old.spec().mid());
        assertThat(fresh.spec().track()).isNotEqualTo(old.spec().track());
        assertThat(media.sfu.last(SfuCommand.Unpublish.class).track())
                .isEqualTo(old.spec().track());
    }

    @Test
    void newRemoteCredentialsRestartIceAndUnchangedOnesDoNot() {
        media.open("p");
        String first = ufrag(media.publish("p", Media.AV_OFFER, Media.both("vp8")));
        assertThat(media.sfu.of(SfuCommand.RestartIce.class)).isEmpty();

        String restarted = Media.AV_OFFER.replace("a=ice-ufrag:U5/F", "a=ice-ufrag:NEWU");
        String second = ufrag(media.publish("p", restarted, Media.both("vp8")));

        SfuCommand.RestartIce restart = media.sfu.last(SfuCommand.RestartIce.class);
        assertThat(second).isNotEqualTo(first).isEqualTo(restart.local().ufrag());
        assertThat(restart.transport()).isEqualTo(media.publishTransport("p"));
        assertThat(ufrag(media.publish("p", restarted, Media.both("vp8")))).isEqualTo(second);
    }

    private static String ufrag(Negotiated.Answered answered) {
        return Golden.parse(answered.sdp()).media().getFirst().transport().iceUfrag();
    }

    @Test
    void simulcastIsAnsweredWithoutSoThatOneEncodingComes() {
        String offer = Golden.sdp("chromium-156-simulcast-offer");
        String stream = "816f4964-a694-431e-a73c-2416843aae75";
        media.open("p", Media.joinOfferLike(offer));

        MediaDescription video = Golden.parse(media.publish(
                                "p", offer, List.of(Media.video("94a5f4b7-c752-4dc8-801c-b45438b3cfc3", stream, "vp8")))
                        .sdp())
                .media()
                .get(2);

        assertThat(video.rids()).isEmpty();
        assertThat(video.simulcast()).isEmpty();
        PublishSpec spec = media.sfu.last(SfuCommand.Publish.class).spec();
        assertThat(spec.ssrcs()).isEmpty();
        assertThat(spec.mid()).isEqualTo("2");
        assertThat(spec.extensions().mid()).isEqualTo(4);
    }

    @Test
    void aRefusedSectionIsRefusedBackOutsideTheBundle() {
        media.open("p");
        String stopped = Media.AV_OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0 1").replace("m=video 9 ", "m=video 0 ");

        SessionDescription answer =
                Golden.parse(media.publish("p", stopped, List.of(Media.audio(Media.AUDIO, Media.AV_STREAM)))
                        .sdp());

        assertThat(answer.media().get(2).port()).isZero();
        assertThat(answer.bundle()).containsExactly("0", "1");
    }

    @Test
    void muteIsHandedOn() {
        media.open("p");
        media.publish("p", Media.AV_OFFER, Media.both("vp8"));

        media.room.setMuted("p", Media.VIDEO, true);

        SfuCommand.SetMuted muted = media.sfu.last(SfuCommand.SetMuted.class);
        assertThat(muted.track())
                .isEqualTo(media.sfu.last(SfuCommand.Publish.class).spec().track());
        assertThat(muted.muted()).isTrue();
    }

    @Test
    void closingAPeerClosesBothTransports() {
        media.open("p");
        assertThat(media.transports).hasSize(2);

        media.room.close("p");

        assertThat(media.sfu.of(SfuCommand.CloseTransport.class)).hasSize(2);
        assertThat(media.transports).isEmpty();
    }

    @Test
    void openingAgainReplacesTheConnections() {
        media.open("p");
        media.open("p");

        assertThat(media.sfu.of(SfuCommand.CloseTransport.class)).hasSize(2);
        assertThat(media.transports).hasSize(2);
    }
}
