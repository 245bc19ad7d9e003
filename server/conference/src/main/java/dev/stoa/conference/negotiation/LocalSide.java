package dev.stoa.conference.negotiation;

import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.wire.sdp.IceCandidate;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.MediaKind;
import dev.stoa.media.wire.sdp.Origin;
import dev.stoa.media.wire.sdp.SdpAttribute;
import dev.stoa.media.wire.sdp.SdpFingerprint;
import dev.stoa.media.wire.sdp.SdpGroup;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What our descriptions say about ourselves: ICE lite, all candidates at once, one certificate.
record LocalSide(SdpFingerprint fingerprint, List<IceCandidate> candidates) {
    /// Type preferences (RFC 8445 §5.1.2.1): TCP well below UDP.
    private static final int UDP_PREFERENCE = 126;

    private static final int TCP_PREFERENCE = 90;
    private static final int MAX_LOCAL_PREFERENCE = 65_535;
    /// Messages on the data channel are short requests; RFC 8841 §6.
    private static final int MAX_MESSAGE_BYTES = 65_536;

    /// Of a transport that will be opened: where it is reached is decided here.
    static LocalSide of(Sfu sfu, TransportId transport, String room, Sfu.Purpose purpose) {
        List<IceCandidate> candidates = new ArrayList<>();
        int rank = 0;
        for (Sfu.LocalCandidate local : sfu.place(transport, room, purpose)) {
            int preference = Math.max(0, MAX_LOCAL_PREFERENCE - rank++);
            String foundation = Integer.toString(rank);
            candidates.add(
                    local.tcp()
                            ? IceCandidate.tcpPassiveHost(
                                    foundation,
                                    IceCandidate.priority(TCP_PREFERENCE, preference, 1),
                                    local.address(),
                                    local.port())
                            : IceCandidate.udpHost(
                                    foundation,
                                    IceCandidate.priority(UDP_PREFERENCE, preference, 1),
                                    local.address(),
                                    local.port()));
        }
        return new LocalSide(
                new SdpFingerprint(
                        sfu.fingerprint().algorithm(), sfu.fingerprint().value()),
                candidates);
    }

    TransportDescription transport(IceCredentials credentials, Setup setup) {
        return new TransportDescription(
                credentials.ufrag(), credentials.password(), List.of(), List.of(fingerprint), Optional.of(setup));
    }

    /// Candidates go into the first section of the bundle (RFC 9143 §7.1.3).
    void addCandidates(MediaDescriptionBuilder section) {
        candidates.forEach(section::addCandidate);
        section.endOfCandidates(true);
    }

    MediaDescriptionBuilder dataChannel(String mid, TransportDescription transport) {
        return MediaDescription.builder(MediaKind.APPLICATION, "UDP/DTLS/SCTP")
                .addFormat("webrtc-datachannel")
                .mid(mid)
                .transport(transport)
                .sctpPort(5000)
                .maxMessageSize(MAX_MESSAGE_BYTES);
    }

    static SessionDescription session(Origin origin, List<String> bundle, List<MediaDescription> sections) {
        return new SessionDescription(
                origin,
                "-",
                List.of(new SdpGroup("BUNDLE", bundle)),
                "WMS *",
                true,
                TransportDescription.NONE,
                List.of(new SdpAttribute("extmap-allow-mixed", "")),
                sections);
    }
}
