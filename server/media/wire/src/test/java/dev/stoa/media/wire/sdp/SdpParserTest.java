package dev.stoa.media.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SdpParserTest {
    private static final String HEAD = "v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n";
    private static final String AUDIO = HEAD + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\n";

    private static String problem(String text) {
        SdpResult result = SdpParser.parse(text);
        assertThat(result).isInstanceOf(SdpResult.Malformed.class);
        return ((SdpResult.Malformed) result).reason();
    }

    private static MediaDescription audio(String lines) {
        return GoldenSdp.parsed(AUDIO + lines).media().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=mid:",
                "a=mid:0 1",
                "a=ice-ufrag:abc",
                "a=ice-pwd:short",
                "a=ice-ufrag:ab\u00e9d",
                "a=fingerprint:sha-256",
                "a=setup:maybe",
                "a=extmap:0 urn:x",
                "a=extmap:1/up urn:x",
                "a=extmap:1",
                "a=ssrc:4294967296 cname:x",
                "a=ssrc:1",
                "a=ssrc:1 :x",
                "a=ssrc-group:FID x",
                "a=rid:f up",
                "a=simulcast:send",
                "a=simulcast:send f;;q",
                "a=simulcast:up f",
                "a=sctp-port:65536",
                "a=max-message-size:-1",
                "a=msid:",
                "b=AS:x",
                "b=AS",
                "nonsense",
                "a",
                "m=audio 9 RTP/AVP",
                "m=audio 70000 RTP/AVP 0",
                "m=audio 9 RTP/AVP 128",
                "m=video 9 RTP/AVP x",
                "m=smell 9 RTP/AVP 0",
                "a=tool:x\u0000y",
                "a=tool:x\ry"
            })
    void refusesBadLines(String line) {
        assertThat(problem(AUDIO + line + "\n")).contains("in line 6");
    }

    @Test
    void refusesDescriptionsThatAreIncomplete() {
        assertThat(problem("")).contains("origin");
        assertThat(problem("v=1\n")).contains("v=0");
        assertThat(problem("v=0\ns=-\n")).contains("origin");
        assertThat(problem("v=0\no=- x 2 IN IP4 127.0.0.1\n"))
                .contains("origin")
                .contains("line 2");
        assertThat(problem("v=0\no=- 1 2 IN IP4\n")).contains("origin");
    }

    /// RFC 9143 §7.1: a mid names one section.
    @Test
    void refusesTheSameMidTwice() {
        assertThat(problem(AUDIO + "a=mid:0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:0\n"))
                .contains("same mid");
    }

    @Test
    void refusesTooMuch() {
        assertThat(problem(HEAD + "a=x\n".repeat(66_000))).contains("longer");
        assertThat(problem(HEAD + "m=text 0 x y\n".repeat(513))).contains("512");
        assertThat(SdpParser.parse(HEAD + "m=text 0 x y\n".repeat(512))).isInstanceOf(SdpResult.Parsed.class);
        assertThat(problem(AUDIO + "a=rtcp-fb:* nack\n".repeat(17))).contains("rtcp-fb");
    }

    @Test
    void saysNothingOfTheTextItRefuses() {
        assertThat(problem(AUDIO + "a=ice-pwd:secret\n")).doesNotContain("secret");
    }

    @Test
    void readsLinesEndingEitherWay() {
        assertThat(GoldenSdp.parsed(AUDIO.replace("\n", "\r\n"))).isEqualTo(GoldenSdp.parsed(AUDIO));
        assertThat(GoldenSdp.parsed(AUDIO.stripTrailing())).isEqualTo(GoldenSdp.parsed(AUDIO));
    }

    @Test
    void givesSectionsTheDirectionOfTheSession() {
        assertThat(GoldenSdp.parsed(AUDIO.replace("t=0 0", "a=recvonly"))
                        .media()
                        .getFirst()
                        .direction())
                .isEqualTo(Direction.RECVONLY);
        assertThat(audio("").direction()).isEqualTo(Direction.SENDRECV);
    }

    /// RFC 3551 §6: payload type 0 needs no rtpmap; 111 without one is unusable.
    @Test
    void knowsStaticPayloadTypes() {
        assertThat(audio("").formats()).containsExactly("111", "0");
        assertThat(audio("").codecs()).containsExactly(new RtpCodec(0, "PCMU", 8000, 1, "", List.of()));
    }

    /// RFC 4585 §4.2.
    @Test
    void appliesFeedbackForAllPayloadTypes() {
        MediaDescription audio = audio("a=rtcp-fb:* nack\na=rtpmap:111 opus/48000/2\na=rtcp-fb:111 transport-cc\n");

        assertThat(audio.codec(111).orElseThrow().feedback())
                .containsExactly(new RtcpFeedback("nack", ""), new RtcpFeedback("transport-cc", ""));
        assertThat(audio.codec(0).orElseThrow().hasFeedback("nack", "")).isTrue();
    }

    @Test
    void keepsWhatItDoesNotKnowInOrder() {
        assertThat(audio("a=z\na=rtpmap:5 DVI4/8000\na=candidate:1 1 quic 1 192.0.2.1 9 typ host\na=b:c:d\n")
                        .attributes())
                .containsExactly(
                        new SdpAttribute("z", ""),
                        new SdpAttribute("rtpmap", "5 DVI4/8000"),
                        new SdpAttribute("candidate", "1 1 quic 1 192.0.2.1 9 typ host"),
                        new SdpAttribute("b", "c:d"));
    }

    @Test
    void readsIceLiteAndGroups() {
        SessionDescription session = GoldenSdp.parsed(HEAD + "a=ice-lite\na=group:LS a b\na=group:BUNDLE c d\n");

        assertThat(session.iceLite()).isTrue();
        assertThat(session.bundle()).containsExactly("c", "d");
        assertThat(session.groups()).hasSize(2);
    }

    @Test
    void readsPausedAndAlternativeLayers() {
        Simulcast simulcast =
                audio("a=simulcast:recv a;~b,c send d\n").simulcast().orElseThrow();

        assertThat(simulcast.receiveRids()).containsExactly("a", "b");
        assertThat(simulcast.receive()).containsExactly("a", "~b,c");
        assertThat(simulcast.sendRids()).containsExactly("d");
    }

    @Test
    void prefersTheSha256Fingerprint() {
        TransportDescription transport =
                audio("a=fingerprint:SHA-1 aa\na=fingerprint:sha-256 bb\n").transport();

        assertThat(transport.fingerprints()).hasSize(2);
        assertThat(transport.fingerprint()).contains(new SdpFingerprint("sha-256", "BB"));
    }

    /// No value of ours or of a client can add a line to what we write.
    @Test
    void writesNoLineBreakOutOfAValue() {
        var media = MediaDescription.builder(MediaKind.AUDIO, "UDP/TLS/RTP/SAVPF")
                .addFormat("0")
                .msid("stream\r\na=evil", "track")
                .build();
        var session = new SessionDescription(
                Origin.of(1, 1), "-", List.of(), "", true, TransportDescription.NONE, List.of(), List.of(media));

        assertThat(SdpWriter.write(session)).contains("a=msid:streama=evil track\r\n");
    }

    @Test
    void directionsTurnAround() {
        assertThat(Direction.SENDONLY.reversed()).isEqualTo(Direction.RECVONLY);
        assertThat(Direction.RECVONLY.reversed()).isEqualTo(Direction.SENDONLY);
        assertThat(Direction.SENDRECV.reversed()).isEqualTo(Direction.SENDRECV);
        assertThat(Direction.INACTIVE.reversed()).isEqualTo(Direction.INACTIVE);
    }
}
