package dev.stoa.media.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What browsers send (`protocol/golden/README.md`).
final class GoldenSdpTest {
    private static final String TRANSPORT_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    static List<String> names() {
        return GoldenSdp.names();
    }

    static List<String> recorded() {
        return names().stream().filter(n -> n.startsWith("chromium-")).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySampleSurvivesWritingAndReading(String name) {
        SessionDescription description = GoldenSdp.read(name);

        assertThat(GoldenSdp.parsed(SdpWriter.write(description))).isEqualTo(description);
    }

    /// Nothing a recorded browser says is lost or changed, though lines may move within their section.
    @ParameterizedTest
    @MethodSource("recorded")
    void everyLineOfARecordedSampleIsWrittenAgain(String name) {
        String text = GoldenSdp.text(name);

        assertThat(text).endsWith("\r\n");
        assertThat(sections(SdpWriter.write(GoldenSdp.parsed(text)))).isEqualTo(sections(text));
    }

    private static List<List<String>> sections(String text) {
        var sections = new ArrayList<List<String>>();
        for (String part : text.split("(?=m=)")) {
            sections.add(part.lines().sorted().toList());
        }
        return sections;
    }

    @Test
    void readsTheJoinOffer() {
        SessionDescription offer = GoldenSdp.read("chromium-156-join-offer.sdp");

        assertThat(offer.origin()).isEqualTo(Origin.of(2931083191905554214L, 2));
        assertThat(offer.bundle()).containsExactly("0");
        assertThat(offer.msidSemantic()).isEqualTo("WMS");
        assertThat(offer.hasAttribute("extmap-allow-mixed")).isTrue();
        assertThat(offer.media()).hasSize(1);
        MediaDescription channel = offer.media().getFirst();
        assertThat(channel.kind()).isEqualTo(MediaKind.APPLICATION);
        assertThat(channel.protocol()).isEqualTo("UDP/DTLS/SCTP");
        assertThat(channel.isDataChannel()).isTrue();
        assertThat(channel.isRtp()).isFalse();
        assertThat(channel.sctpPort()).isEqualTo(OptionalInt.of(5000));
        assertThat(channel.maxMessageSize()).isEqualTo(OptionalLong.of(262144));
        TransportDescription transport = offer.transport(channel);
        assertThat(transport.iceUfrag()).isEqualTo("U5/F");
        assertThat(transport.icePwd()).isEqualTo("d4QzTMwBMAwbLldEQtRiPYRf");
        assertThat(transport.iceOptions()).containsExactly("trickle");
        assertThat(transport.setup()).contains(Setup.ACTPASS);
        assertThat(transport.fingerprint().orElseThrow().algorithm()).isEqualTo("sha-256");
        assertThat(transport.fingerprint().orElseThrow().value())
                .startsWith("08:04:7C")
                .hasSize(95);
    }

    @Test
    void readsThePublishOffer() {
        SessionDescription offer = GoldenSdp.read("chromium-156-publish-audio-video-offer.sdp");
        MediaDescription audio = offer.media().get(1);
        MediaDescription video = offer.media().get(2);

        assertThat(audio.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(audio.rtcpMux()).isTrue();
        assertThat(audio.rtcpReducedSize()).isTrue();
        assertThat(audio.codec(111).orElseThrow())
                .isEqualTo(new RtpCodec(
                        111,
                        "opus",
                        48000,
                        2,
                        "minptime=10;usedtx=1;useinbandfec=1",
                        List.of(new RtcpFeedback("transport-cc", ""))));
        assertThat(audio.extensionId("urn:ietf:params:rtp-hdrext:ssrc-audio-level"))
                .isEqualTo(1);
        assertThat(video.extensionId(TRANSPORT_CC)).isEqualTo(3);
        assertThat(video.extensionId("urn:nobody")).isZero();
        assertThat(video.codecs()).hasSize(23);
        assertThat(video.codec(96).orElseThrow().is("vp8")).isTrue();
        assertThat(video.codec(96).orElseThrow().hasFeedback("nack", "pli")).isTrue();
        assertThat(video.codec(102).orElseThrow().parameter("packetization-mode"))
                .contains("1");
        assertThat(video.rtxFor(96)).isEqualTo(OptionalInt.of(97));
        assertThat(video.rtxFor(120)).isEmpty();
        assertThat(video.ssrcs()).hasSize(2);
        assertThat(video.ssrcs().getFirst().cname()).isNotEmpty();
        assertThat(video.ssrcs().getFirst().msid()).isEqualTo(video.msid());
        assertThat(video.rtxSsrcFor(video.ssrcs().getFirst().ssrc()))
                .isEqualTo(OptionalInt.of(video.ssrcs().getLast().ssrc()));
    }

    @Test
    void readsGatheredCandidates() {
        List<IceCandidate> candidates = GoldenSdp.read("chromium-156-publish-audio-offer.sdp")
                .media()
                .getFirst()
                .candidates();

        assertThat(candidates).hasSize(8);
        assertThat(candidates.getFirst())
                .isEqualTo(new IceCandidate(
                        "3207871441",
                        1,
                        IceCandidate.Protocol.UDP,
                        2122194687,
                        "127.0.0.1",
                        42285,
                        IceCandidate.Type.HOST,
                        "",
                        -1,
                        "",
                        "generation 0 network-id 3 network-cost 50"));
        assertThat(candidates.getLast().protocol()).isEqualTo(IceCandidate.Protocol.TCP);
        assertThat(candidates.getLast().tcpType()).isEqualTo("active");
    }

    /// RFC 8853 §5.1, RFC 8851 §4.
    @Test
    void readsSimulcastLayers() {
        MediaDescription video = GoldenSdp.read("chromium-156-simulcast-offer.sdp")
                .mediaByMid("2")
                .orElseThrow();

        assertThat(video.ssrcs()).isEmpty();
        assertThat(video.rids())
                .containsExactly(new Rid("f", true, ""), new Rid("h", true, ""), new Rid("q", true, ""));
        assertThat(video.simulcast().orElseThrow().sendRids()).containsExactly("f", "h", "q");
        assertThat(video.simulcast().orElseThrow().receive()).isEmpty();
        assertThat(video.msid().orElseThrow().track()).isEqualTo("94a5f4b7-c752-4dc8-801c-b45438b3cfc3");
    }

    @Test
    void readsTheSubscribeAnswer() {
        SessionDescription answer = GoldenSdp.read("chromium-156-subscribe-answer.sdp");

        assertThat(answer.media())
                .extracting(MediaDescription::direction)
                .containsExactly(Direction.RECVONLY, Direction.RECVONLY, Direction.SENDRECV);
        assertThat(answer.media()).allMatch(m -> answer.transport(m).setup().equals(Optional.of(Setup.ACTIVE)));
        assertThat(answer.bundle()).containsExactly("0", "1", "2");
    }

    @Test
    void readsSectionsThatWereGivenUp() {
        assertThat(GoldenSdp.read("chromium-156-unpublish-offer.sdp").media())
                .extracting(MediaDescription::direction)
                .containsExactly(
                        Direction.SENDRECV,
                        Direction.INACTIVE,
                        Direction.INACTIVE,
                        Direction.SENDONLY,
                        Direction.SENDONLY);
    }

    /// Firefox gives the fingerprint once, for the session (RFC 8122 §5).
    @Test
    void takesTheFingerprintOfTheSession() {
        SessionDescription offer = GoldenSdp.read("handwritten-firefox-like-offer.sdp");
        MediaDescription video = offer.media().get(1);

        assertThat(video.transport().fingerprint()).isEmpty();
        assertThat(offer.transport(video).fingerprint().orElseThrow().value()).startsWith("19:E2");
        assertThat(offer.transport(video).iceUfrag()).isEqualTo("1f2e3d4c");
        assertThat(offer.transport(video).iceOptions()).containsExactly("trickle");
        assertThat(video.msid().orElseThrow().track()).isEqualTo("{2e0c5c7d-6f9a-4a0e-8a55-0a2b7e3d4f5a}");
        assertThat(video.codec(126).orElseThrow().hasFeedback("transport-cc", ""))
                .isTrue();
        assertThat(video.rtxSsrcFor((int) 2271560481L)).isEqualTo(OptionalInt.of(305419896));
        assertThat(offer.media().getFirst().extensions())
                .contains(new ExtMap(2, Direction.RECVONLY, "urn:ietf:params:rtp-hdrext:csrc-audio-level", ""));
    }

    @Test
    void readsWhatFirefoxPublishes() {
        SessionDescription offer = GoldenSdp.read("firefox-153-publish-audio-video-offer.sdp");
        MediaDescription video = offer.media().get(2);

        assertThat(offer.bundle()).containsExactly("0", "1", "2");
        assertThat(offer.transport(video).fingerprint().orElseThrow().value()).startsWith("8B:78:79");
        assertThat(offer.media().getFirst().candidates()).hasSize(4);
        assertThat(video.codec(120).orElseThrow().name()).isEqualTo("VP8");
        assertThat(video.codec(120).orElseThrow().hasFeedback("transport-cc", ""))
                .isTrue();
        assertThat(video.rtxSsrcFor(104236307)).isEqualTo(OptionalInt.of((int) 2368240729L));
    }

    /// The first section of an answer holds the transport of the bundle; Firefox receives all codecs it was offered.
    @Test
    void readsWhatFirefoxAnswers() {
        SessionDescription answer = GoldenSdp.read("firefox-153-subscribe-answer.sdp");

        assertThat(answer.media()).hasSize(5);
        assertThat(answer.transport(answer.media().getFirst()).setup()).contains(Setup.ACTIVE);
        assertThat(answer.media().subList(1, 5))
                .allSatisfy(section -> assertThat(section.direction()).isEqualTo(Direction.RECVONLY));
    }

    @Test
    void readsReflexiveAndHiddenCandidates() {
        SessionDescription offer = GoldenSdp.read("handwritten-safari-like-offer.sdp");
        List<IceCandidate> candidates = offer.media().getFirst().candidates();

        assertThat(candidates.getFirst().type()).isEqualTo(IceCandidate.Type.SRFLX);
        assertThat(candidates.getFirst().relatedAddress()).isEqualTo("0.0.0.0");
        assertThat(candidates.getFirst().relatedPort()).isZero();
        assertThat(candidates.getLast().address()).endsWith(".local");
        assertThat(offer.media().getLast().bandwidths())
                .containsExactly(new Bandwidth("AS", 2500), new Bandwidth("TIAS", 2_500_000));
        assertThat(offer.media().getLast().ssrcGroups().getFirst())
                .isEqualTo(new SsrcGroup("SIM", List.of(1001, 1002, 1003)));
    }
}
