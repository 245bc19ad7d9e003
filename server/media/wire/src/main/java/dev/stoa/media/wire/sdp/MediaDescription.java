package dev.stoa.media.wire.sdp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One `m=` section (RFC 8866 §5.14). Immutable; make one with [#builder], change one with [#toBuilder].
///
/// @param port 0 to 65535; 0 refuses the section, 9 leaves the address to ICE
/// @param protocol for example `UDP/TLS/RTP/SAVPF`, `UDP/DTLS/SCTP`
/// @param formats payload types in order of preference, or `webrtc-datachannel`
/// @param connection value of the `c=` line; empty when absent
/// @param mid empty when absent (RFC 5888 §4)
/// @param codecs in the order of `formats`, those with a known mapping
/// @param sctpPort RFC 8841 §5
/// @param maxMessageSize bytes, 0 means no limit (RFC 8841 §6)
/// @param attributes not read into a field, in order
public record MediaDescription(
        MediaKind kind,
        int port,
        String protocol,
        List<String> formats,
        String connection,
        List<Bandwidth> bandwidths,
        String mid,
        Direction direction,
        TransportDescription transport,
        List<IceCandidate> candidates,
        boolean endOfCandidates,
        List<ExtMap> extensions,
        List<RtpCodec> codecs,
        boolean rtcpMux,
        boolean rtcpReducedSize,
        Optional<Msid> msid,
        List<Ssrc> ssrcs,
        List<SsrcGroup> ssrcGroups,
        List<Rid> rids,
        Optional<Simulcast> simulcast,
        OptionalInt sctpPort,
        OptionalLong maxMessageSize,
        List<SdpAttribute> attributes) {
    public MediaDescription {
        formats = List.copyOf(formats);
        bandwidths = List.copyOf(bandwidths);
        candidates = List.copyOf(candidates);
        extensions = List.copyOf(extensions);
        codecs = List.copyOf(codecs);
        ssrcs = List.copyOf(ssrcs);
        ssrcGroups = List.copyOf(ssrcGroups);
        rids = List.copyOf(rids);
        attributes = List.copyOf(attributes);
    }

    /// Starts a section with port 9, direction `sendrecv` and `c=IN IP4 0.0.0.0`.
    public static MediaDescriptionBuilder builder(MediaKind kind, String protocol) {
        return new MediaDescriptionBuilder(kind, protocol);
    }

    /// A builder holding everything of this section.
    public MediaDescriptionBuilder toBuilder() {
        return new MediaDescriptionBuilder(this);
    }

    public boolean isRtp() {
        return protocol.contains("RTP/");
    }

    /// Whether the section offers WebRTC data channels (RFC 8841 §4).
    public boolean isDataChannel() {
        return kind == MediaKind.APPLICATION && formats.contains("webrtc-datachannel");
    }

    public Optional<RtpCodec> codec(int payloadType) {
        return codecs.stream().filter(c -> c.payloadType() == payloadType).findFirst();
    }

    /// The RTX payload type that repairs `payloadType`.
    public OptionalInt rtxFor(int payloadType) {
        return codecs.stream()
                .filter(c -> c.apt().orElse(-1) == payloadType)
                .mapToInt(RtpCodec::payloadType)
                .findFirst();
    }

    /// Id under which an extension travels; 0 when it was not negotiated.
    public int extensionId(String uri) {
        return extensions.stream()
                .filter(e -> e.uri().equals(uri))
                .mapToInt(ExtMap::id)
                .findFirst()
                .orElse(0);
    }

    /// The RTX source paired with `ssrc` by a FID group.
    public OptionalInt rtxSsrcFor(int ssrc) {
        return ssrcGroups.stream()
                .filter(g -> g.semantics().equals("FID")
                        && g.ssrcs().size() == 2
                        && g.ssrcs().get(0) == ssrc)
                .mapToInt(g -> g.ssrcs().get(1))
                .findFirst();
    }

    /// Whether there is an attribute of this name that has no field here.
    public boolean hasAttribute(String name) {
        return attributes.stream().anyMatch(a -> a.name().equals(name));
    }
}
