package dev.stoa.conference.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.rooms.live.MediaControl.Negotiated;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Offers that cannot be used are refused with 400 and change nothing.
class BrokenOffersTest {
    private final Media media = new Media();

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("garbage", sdp -> "not a description"),
                damage("empty", sdp -> ""),
                damage("no sections", sdp -> sdp.substring(0, sdp.indexOf("m="))),
                damage("no user fragment", sdp -> without(sdp, "a=ice-ufrag")),
                damage("no password", sdp -> without(sdp, "a=ice-pwd")),
                damage("no fingerprint", sdp -> without(sdp, "a=fingerprint")),
                damage("no mid", sdp -> without(sdp, "a=mid")),
                damage("wrong DTLS role", sdp -> sdp.replace("actpass", "passive")),
                damage("bundle names another section", sdp -> sdp.replace("BUNDLE 0", "BUNDLE 7")),
                damage("another protocol", sdp -> sdp.replace("webrtc-datachannel", "something")));
    }

    private static Arguments damage(String name, UnaryOperator<String> change) {
        return Arguments.of(name, change);
    }

    private static String without(String sdp, String prefix) {
        StringBuilder kept = new StringBuilder();
        sdp.lines()
                .filter(line -> !line.startsWith(prefix))
                .forEach(line -> kept.append(line).append("\r\n"));
        return kept.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void firstOffer(String name, UnaryOperator<String> damage) {
        refused(media.room.open("p", damage.apply(Media.JOIN_OFFER), false));

        assertThat(media.sfu.commands).isEmpty();
        assertThat(media.room.isOpen("p")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void laterOffer(String name, UnaryOperator<String> damage) {
        media.open("p");
        int before = media.sfu.commands.size();

        refused(media.room.publish("p", damage.apply(Media.AV_OFFER), Media.both("vp8")));

        assertThat(media.sfu.commands).hasSize(before);
        assertThat(media.publish("p", Media.AV_OFFER, Media.both("vp8")).trackIds())
                .hasSize(2);
    }

    private static void refused(Negotiated outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Negotiated.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(400);
            assertThat(refused.reason()).isNotBlank();
        });
    }

    @Test
    void mediaInTheFirstOffer() {
        refused(media.room.open("p", Media.AV_OFFER, false));
    }

    @Test
    void aBrokenSecondFirstOfferLeavesTheOldConnections() {
        media.open("p");

        refused(media.room.open("p", "garbage", false));

        assertThat(media.room.isOpen("p")).isTrue();
        assertThat(media.sfu.of(SfuCommand.CloseTransport.class)).isEmpty();
    }

    @Test
    void anotherCertificate() {
        media.open("p");
        String other = Media.AV_OFFER.replace("08:04:7C", "FF:FF:FF");

        refused(media.room.publish("p", other, Media.both("vp8")));
    }

    @Test
    void sectionsThatDisappearOrChangePlaces() {
        media.open("p");
        media.publish("p", Media.AV_OFFER, Media.both("vp8"));

        refused(media.room.publish("p", Media.joinOfferLike(Media.AV_OFFER), List.of()));
        int audio = Media.AV_OFFER.indexOf("m=audio");
        int video = Media.AV_OFFER.indexOf("m=video");
        String swapped = Media.AV_OFFER.substring(0, audio)
                + Media.AV_OFFER.substring(video)
                + Media.AV_OFFER.substring(audio, video);
        refused(media.room.publish("p", swapped, Media.both("vp8")));
    }

    @Test
    void aCodecTheRolePrescribesIsMissing() {
        media.open("p");
        String noH264 = Media.AV_OFFER.replace("H264/90000", "H265/90000");

        assertThat(media.room.publish("p", noH264, Media.both("h264")))
                .isInstanceOfSatisfying(
                        Negotiated.Refused.class,
                        refused -> assertThat(refused.reason()).contains("h264"));
    }

    @Test
    void aSectionOutsideTheBundle() {
        media.open("p");

        refused(media.room.publish("p", Media.AV_OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0 1"), Media.both("vp8")));
    }

    /// Whatever single line is lost or cut, the outcome is an answer or a refusal.
    @Property(tries = 300)
    void damagedLinesNeverThrow(@ForAll int line, @ForAll int cut) {
        Media fresh = new Media();
        fresh.open("p");
        List<String> lines = Media.AV_OFFER.lines().toList();
        int damaged = Math.floorMod(line, lines.size());
        StringBuilder sdp = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            sdp.append(i == damaged ? text.substring(0, Math.floorMod(cut, text.length() + 1)) : text)
                    .append("\r\n");
        }

        Negotiated outcome = fresh.room.publish("p", sdp.toString(), Media.both("vp8"));

        if (outcome instanceof Negotiated.Answered answered) {
            assertThat(Golden.parse(answered.sdp()).media()).isNotEmpty();
        }
    }
}
