package dev.stoa.conference.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Rid;
import dev.stoa.rooms.live.MediaControl.Publication;
import dev.stoa.rooms.live.TrackInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Simulcast in answers (RFC 8853 §5.3, RFC 8852, protocol section 4.7), on a captured offer of three encodings.
class SimulcastNegotiationTest {
    private static final String OFFER = Golden.sdp("chromium-156-simulcast-offer");
    private static final String STREAM = "816f4964-a694-431e-a73c-2416843aae75";
    private static final String AUDIO = "a9a64c88-ab2a-4368-845d-01c63f9f3748";
    private static final String VIDEO = "94a5f4b7-c752-4dc8-801c-b45438b3cfc3";

    private final Media media = new Media();

    private static List<Publication> camera(List<String> rids) {
        return List.of(
                Media.audio(AUDIO, STREAM),
                new Publication(new TrackInfo(VIDEO, STREAM, "video", "regular", "", false), "vp8", rids));
    }

    private MediaDescription answer(String offer, List<String> rids) {
        media.open("p", Media.joinOfferLike(OFFER));
        return Golden.parse(media.publish("p", offer, camera(rids)).sdp())
                .media()
                .get(2);
    }

    private PublishSpec spec() {
        return media.sfu.last(SfuCommand.Publish.class).spec();
    }

    @Test
    void whatTheRoleAllowsIsMirrored() {
        MediaDescription video = answer(OFFER, List.of("f", "h", "q"));

        assertThat(video.rids())
                .containsExactly(new Rid("f", false, ""), new Rid("h", false, ""), new Rid("q", false, ""));
        assertThat(video.simulcast().orElseThrow().receive()).containsExactly("f", "h", "q");
        assertThat(video.simulcast().orElseThrow().send()).isEmpty();
        assertThat(video.extensions())
                .extracting(extension -> extension.uri() + " " + extension.id())
                .contains(
                        HeaderExtensions.MID + " 4",
                        HeaderExtensions.RID + " 10",
                        HeaderExtensions.REPAIRED_RID + " 11");
    }

    @Test
    void theMediaServerLearnsTheEncodingsAndHowPacketsNameThem() {
        answer(OFFER, List.of("f", "h", "q"));

        assertThat(spec().rids()).containsExactly("f", "h", "q");
        assertThat(spec().ssrcs()).isEmpty();
        assertThat(spec().mid()).isEqualTo("2");
        assertThat(spec().extensions().mid()).isEqualTo(4);
        assertThat(spec().extensions().rid()).isEqualTo(10);
        assertThat(spec().extensions().repairedRid()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"f h, f h", "q f, f q", "h q, h q"})
    void aRoleWithTwoLayersGetsThoseTwoBestFirst(String layers, String known) {
        MediaDescription video = answer(OFFER, List.of(layers.split(" ")));

        assertThat(video.simulcast().orElseThrow().receiveRids()).containsExactly(known.split(" "));
        assertThat(spec().rids()).containsExactly(known.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"''", "f", "x y"})
    void withoutLayersOfTheRoleOneEncodingIsAsked(String layers) {
        MediaDescription video = answer(OFFER, List.of(layers.split(" ")));

        assertThat(video.rids()).isEmpty();
        assertThat(video.simulcast()).isEmpty();
        assertThat(spec().rids()).isEmpty();
    }

    @Test
    void anOfferThatListsTheWorstFirstIsMirroredInItsOrder() {
        MediaDescription video = answer(OFFER.replace("send f;h;q", "send q;h;f"), List.of("f", "h", "q"));

        assertThat(video.simulcast().orElseThrow().receive()).containsExactly("q", "h", "f");
        assertThat(spec().rids()).containsExactly("f", "h", "q");
    }

    @Test
    void encodingsThatPacketsCouldNotNameAreNotTaken() {
        MediaDescription video =
                answer(OFFER.replaceAll("a=extmap:10 .*rtp-stream-id\\r?\\n", ""), List.of("f", "h", "q"));

        assertThat(video.simulcast()).isEmpty();
        assertThat(spec().rids()).isEmpty();
    }

    @Test
    void aRidThatIsNotDeclaredIsNotTaken() {
        MediaDescription video = answer(OFFER.replaceAll("a=rid:h send\\r?\\n", ""), List.of("f", "h", "q"));

        assertThat(video.simulcast().orElseThrow().receive()).containsExactly("f", "q");
    }

    @Test
    void anOfferOfOneEncodingIsAnsweredAsBefore() {
        media.open("p");

        MediaDescription video = Golden.parse(media.publish(
                                "p",
                                Media.AV_OFFER,
                                List.of(new Publication(
                                        new TrackInfo(Media.VIDEO, Media.AV_STREAM, "video", "regular", "", false),
                                        "vp8",
                                        List.of("f", "h", "q"))))
                        .sdp())
                .media()
                .get(2);

        assertThat(video.simulcast()).isEmpty();
        assertThat(spec().rids()).isEmpty();
    }

    @Test
    void aRenegotiationKeepsTheEncodingsWithoutPublishingAgain() {
        answer(OFFER, List.of("f", "h", "q"));
        int published = media.sfu.of(SfuCommand.Publish.class).size();

        MediaDescription again = Golden.parse(media.publish("p", OFFER, camera(List.of("f", "h", "q")))
                        .sdp())
                .media()
                .get(2);

        assertThat(again.simulcast().orElseThrow().receive()).containsExactly("f", "h", "q");
        assertThat(media.sfu.of(SfuCommand.Publish.class)).hasSize(published);
    }
}
