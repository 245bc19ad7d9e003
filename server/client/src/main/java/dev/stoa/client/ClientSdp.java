package dev.stoa.client;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimTrack;
import dev.stoa.media.wire.sdp.ExtMap;
import dev.stoa.media.wire.sdp.IceCandidate;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.RtpCodec;
import dev.stoa.media.wire.sdp.SdpParser;
import dev.stoa.media.wire.sdp.SdpResult;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Session descriptions of a browser, written as text of its own so that the server's writer is not its own judge.
public final class ClientSdp {
    private static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    private static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    private static final String TRANSPORT_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    private static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    private static final String ORIENTATION = "urn:3gpp:video-orientation";
    private static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    private static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    private static final String H264_PARAMETERS =
            "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\n";

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private ClientSdp() {}

    /// What a description says of its own end.
    public record Local(IceCredentials ice, Fingerprint fingerprint) {}

    /// Offer of the publish connection: the data channel, then the tracks.
    ///
    /// @param streamId all tracks belong to it
    public static String offer(Local local, String streamId, List<Media> tracks) {
        StringBuilder sdp = head(Stream.concat(
                Stream.of("0"), tracks.stream().map(media -> media.first().mid())));
        sdp.append(channel(local, "0", "actpass"));
        for (Media media : tracks) {
            String msid = streamId + " " + media.trackId();
            sdp.append(media.isVideo() ? video(local, msid, media) : audio(local, msid, media.first()));
        }
        return crlf(sdp.toString());
    }

    private static StringBuilder head(Stream<String> mids) {
        return new StringBuilder("""
                v=0
                o=- 4611731400430051336 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE %s
                a=extmap-allow-mixed
                a=msid-semantic: WMS
                """.formatted(mids.collect(Collectors.joining(" "))));
    }

    private static String channel(Local local, String mid, String setup) {
        return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n" + transport(local, mid, setup) + """
                a=sctp-port:5000
                a=max-message-size:262144
                """;
    }

    private static String transport(Local local, String mid, String setup) {
        return """
                c=IN IP4 0.0.0.0
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=ice-options:trickle
                a=fingerprint:%s %s
                a=setup:%s
                a=mid:%s
                """.formatted(
                        local.ice().ufrag(),
                        local.ice().password(),
                        local.fingerprint().algorithm(),
                        local.fingerprint().value(),
                        setup,
                        mid);
    }

    private static String audio(Local local, String msid, SimTrack track) {
        return "m=audio 9 UDP/TLS/RTP/SAVPF 111 63\n" + transport(local, track.mid(), "actpass")
                + """
                a=extmap:1 %s
                a=extmap:2 %s
                a=extmap:3 %s
                a=extmap:4 %s
                a=sendonly
                a=msid:%s
                a=rtcp-mux
                a=rtpmap:111 opus/48000/2
                a=rtcp-fb:111 transport-cc
                a=fmtp:111 minptime=10;useinbandfec=1
                a=rtpmap:63 red/48000/2
                a=fmtp:63 111/111
                a=ssrc:%s cname:client
                """.formatted(
                        AUDIO_LEVEL, ABS_SEND_TIME, TRANSPORT_CC, MID, msid, Integer.toUnsignedString(track.ssrc()));
    }

    private static String video(Local local, String msid, Media media) {
        SimTrack track = media.first();
        return "m=video 9 UDP/TLS/RTP/SAVPF 96 97\n" + transport(local, track.mid(), "actpass")
                + """
                a=extmap:2 %s
                a=extmap:13 %s
                a=extmap:3 %s
                a=extmap:4 %s
                a=extmap:10 %s
                a=extmap:11 %s
                a=sendonly
                a=msid:%s
                a=rtcp-mux
                a=rtcp-rsize
                a=rtpmap:96 %s/90000
                a=rtcp-fb:96 transport-cc
                a=rtcp-fb:96 ccm fir
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                %sa=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                """.formatted(
                                ABS_SEND_TIME,
                                ORIENTATION,
                                TRANSPORT_CC,
                                MID,
                                RID,
                                REPAIRED_RID,
                                msid,
                                track.codec(),
                                track.codec() == MediaCodec.H264 ? H264_PARAMETERS : "")
                + (media.rids().isEmpty() ? sources(track) : simulcast(media.rids()));
    }

    private static String sources(SimTrack track) {
        String ssrc = Integer.toUnsignedString(track.ssrc());
        String rtx = Integer.toUnsignedString(track.rtxSsrc());
        return """
                a=ssrc-group:FID %s %s
                a=ssrc:%s cname:client
                a=ssrc:%s cname:client
                """.formatted(ssrc, rtx, ssrc, rtx);
    }

    /// RFC 8853: Chromium names no SSRCs then.
    private static String simulcast(List<String> rids) {
        String each = rids.stream().map(rid -> "a=rid:" + rid + " send\n").collect(Collectors.joining());
        return each + "a=simulcast:send " + String.join(";", rids) + "\n";
    }

    /// Answer of the subscribe connection: takes everything that is offered.
    public static String answer(Local local, SessionDescription offer) {
        StringBuilder sdp = head(offer.media().stream().map(MediaDescription::mid));
        for (MediaDescription section : offer.media()) {
            sdp.append(section.isDataChannel() ? channel(local, section.mid(), "active") : receive(local, section));
        }
        return crlf(sdp.toString());
    }

    private static String receive(Local local, MediaDescription offered) {
        String extensions = offered.extensions().stream()
                .map(extension -> "a=extmap:" + extension.id() + " " + extension.uri() + "\n")
                .collect(Collectors.joining());
        String codecs = offered.codecs().stream().map(ClientSdp::codec).collect(Collectors.joining());
        return "m=" + offered.kind().text() + " 9 UDP/TLS/RTP/SAVPF " + String.join(" ", offered.formats()) + "\n"
                + transport(local, offered.mid(), "active")
                + extensions
                + "a=" + offered.direction().reversed().name().toLowerCase(Locale.ROOT) + "\n"
                + "a=rtcp-mux\n"
                + codecs;
    }

    private static String codec(RtpCodec codec) {
        String channels = codec.channels() == 2 ? "/2" : "";
        String mapping = "a=rtpmap:" + codec.payloadType() + " " + codec.name() + "/" + codec.clockRate() + channels;
        String parameters =
                codec.parameters().isEmpty() ? "" : "\na=fmtp:" + codec.payloadType() + " " + codec.parameters();
        return mapping + parameters + "\n";
    }

    private static String crlf(String sdp) {
        return sdp.replace("\n", "\r\n");
    }

    public static SessionDescription parse(String sdp) {
        return switch (SdpParser.parse(sdp)) {
            case SdpResult.Parsed(SessionDescription description) -> description;
            case SdpResult.Malformed(String reason) -> throw new AssertionError(reason + "\n" + sdp);
        };
    }

    /// The far end's credentials.
    public static IceCredentials remoteIce(SessionDescription description) {
        TransportDescription transport =
                description.transport(description.media().getFirst());
        return new IceCredentials(transport.iceUfrag(), transport.icePwd());
    }

    /// The far end's UDP candidate: loopback when there is one, else its best of IPv4.
    public static InetSocketAddress remoteAddress(SessionDescription description) {
        List<IceCandidate> usable = description.media().getFirst().candidates().stream()
                .filter(candidate -> candidate.protocol() == IceCandidate.Protocol.UDP)
                .filter(candidate -> IPV4.matcher(candidate.address()).matches())
                .toList();
        IceCandidate chosen = usable.stream()
                .filter(candidate -> candidate.address().equals("127.0.0.1"))
                .findFirst()
                .orElseGet(usable::getFirst);
        return new InetSocketAddress(chosen.address(), chosen.port());
    }

    /// What a sending section lets expect.
    public static SimTrack forwarded(MediaDescription section) {
        RtpCodec codec = section.codecs().getFirst();
        int ssrc = section.ssrcs().getFirst().ssrc();
        return new SimTrack(
                MediaCodec.valueOf(codec.name().toUpperCase(Locale.ROOT)),
                section.mid(),
                codec.payloadType(),
                section.rtxFor(codec.payloadType()).orElse(-1),
                red(section.codecs()),
                ssrc,
                section.rtxSsrcFor(ssrc).orElse(0),
                extensions(section.extensions()),
                "");
    }

    private static int red(List<RtpCodec> codecs) {
        return codecs.stream()
                .filter(codec -> codec.is("red"))
                .mapToInt(RtpCodec::payloadType)
                .findFirst()
                .orElse(-1);
    }

    private static ExtensionIds extensions(List<ExtMap> extensions) {
        return new ExtensionIds(
                id(extensions, MID),
                0,
                0,
                id(extensions, AUDIO_LEVEL),
                id(extensions, TRANSPORT_CC),
                id(extensions, ABS_SEND_TIME),
                id(extensions, ORIENTATION),
                0);
    }

    private static int id(List<ExtMap> extensions, String uri) {
        return extensions.stream()
                .filter(extension -> extension.uri().equals(uri))
                .mapToInt(ExtMap::id)
                .findFirst()
                .orElse(0);
    }
}
