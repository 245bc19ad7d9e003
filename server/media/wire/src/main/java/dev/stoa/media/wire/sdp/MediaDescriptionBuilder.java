package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Puts a [MediaDescription] together. `add` methods append, the others replace. One thread at a time.
public final class MediaDescriptionBuilder {
    private final MediaKind kind;
    private final String protocol;
    private final List<String> formats = new ArrayList<>();
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<IceCandidate> candidates = new ArrayList<>();
    private final List<ExtMap> extensions = new ArrayList<>();
    private final List<RtpCodec> codecs = new ArrayList<>();
    private final List<Ssrc> ssrcs = new ArrayList<>();
    private final List<SsrcGroup> ssrcGroups = new ArrayList<>();
    private final List<Rid> rids = new ArrayList<>();
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private int port = 9;
    private String connection = "IN IP4 0.0.0.0";
    private String mid = "";
    private Direction direction = Direction.SENDRECV;
    private TransportDescription transport = TransportDescription.NONE;
    private boolean endOfCandidates;
    private boolean rtcpMux;
    private boolean rtcpReducedSize;
    private Optional<Msid> msid = Optional.empty();
    private Optional<Simulcast> simulcast = Optional.empty();
    private OptionalInt sctpPort = OptionalInt.empty();
    private OptionalLong maxMessageSize = OptionalLong.empty();

    MediaDescriptionBuilder(MediaKind kind, String protocol) {
        this.kind = kind;
        this.protocol = protocol;
    }

    MediaDescriptionBuilder(MediaDescription from) {
        this(from.kind(), from.protocol());
        port = from.port();
        formats.addAll(from.formats());
        connection = from.connection();
        bandwidths.addAll(from.bandwidths());
        mid = from.mid();
        direction = from.direction();
        transport = from.transport();
        candidates.addAll(from.candidates());
        endOfCandidates = from.endOfCandidates();
        extensions.addAll(from.extensions());
        codecs.addAll(from.codecs());
        rtcpMux = from.rtcpMux();
        rtcpReducedSize = from.rtcpReducedSize();
        msid = from.msid();
        ssrcs.addAll(from.ssrcs());
        ssrcGroups.addAll(from.ssrcGroups());
        rids.addAll(from.rids());
        simulcast = from.simulcast();
        sctpPort = from.sctpPort();
        maxMessageSize = from.maxMessageSize();
        attributes.addAll(from.attributes());
    }

    public MediaDescriptionBuilder port(int port) {
        this.port = port;
        return this;
    }

    /// Adds a format by its text; [#addCodec] does it for a codec.
    public MediaDescriptionBuilder addFormat(String format) {
        formats.add(format);
        return this;
    }

    public MediaDescriptionBuilder connection(String connection) {
        this.connection = connection;
        return this;
    }

    public MediaDescriptionBuilder addBandwidth(Bandwidth bandwidth) {
        bandwidths.add(bandwidth);
        return this;
    }

    public MediaDescriptionBuilder mid(String mid) {
        this.mid = mid;
        return this;
    }

    public MediaDescriptionBuilder direction(Direction direction) {
        this.direction = direction;
        return this;
    }

    public MediaDescriptionBuilder transport(TransportDescription transport) {
        this.transport = transport;
        return this;
    }

    public MediaDescriptionBuilder addCandidate(IceCandidate candidate) {
        candidates.add(candidate);
        return this;
    }

    public MediaDescriptionBuilder endOfCandidates(boolean endOfCandidates) {
        this.endOfCandidates = endOfCandidates;
        return this;
    }

    public MediaDescriptionBuilder addExtension(ExtMap extension) {
        extensions.add(extension);
        return this;
    }

    /// Adds a codec, and its payload type to the formats unless it is there.
    public MediaDescriptionBuilder addCodec(RtpCodec codec) {
        String format = Integer.toString(codec.payloadType());
        if (!formats.contains(format)) {
            formats.add(format);
        }
        codecs.add(codec);
        return this;
    }

    public MediaDescriptionBuilder rtcpMux(boolean rtcpMux) {
        this.rtcpMux = rtcpMux;
        return this;
    }

    public MediaDescriptionBuilder rtcpReducedSize(boolean rtcpReducedSize) {
        this.rtcpReducedSize = rtcpReducedSize;
        return this;
    }

    public MediaDescriptionBuilder msid(Optional<Msid> msid) {
        this.msid = msid;
        return this;
    }

    public MediaDescriptionBuilder msid(String stream, String track) {
        return msid(Optional.of(new Msid(stream, track)));
    }

    public MediaDescriptionBuilder addSsrc(Ssrc ssrc) {
        ssrcs.add(ssrc);
        return this;
    }

    public MediaDescriptionBuilder addSsrcGroup(SsrcGroup group) {
        ssrcGroups.add(group);
        return this;
    }

    public MediaDescriptionBuilder clearSsrcs() {
        ssrcs.clear();
        ssrcGroups.clear();
        return this;
    }

    public MediaDescriptionBuilder addRid(Rid rid) {
        rids.add(rid);
        return this;
    }

    public MediaDescriptionBuilder simulcast(Simulcast simulcast) {
        this.simulcast = Optional.of(simulcast);
        return this;
    }

    public MediaDescriptionBuilder sctpPort(int sctpPort) {
        this.sctpPort = OptionalInt.of(sctpPort);
        return this;
    }

    public MediaDescriptionBuilder maxMessageSize(long maxMessageSize) {
        this.maxMessageSize = OptionalLong.of(maxMessageSize);
        return this;
    }

    public MediaDescriptionBuilder addAttribute(SdpAttribute attribute) {
        attributes.add(attribute);
        return this;
    }

    public MediaDescription build() {
        return new MediaDescription(
                kind,
                port,
                protocol,
                formats,
                connection,
                bandwidths,
                mid,
                direction,
                transport,
                candidates,
                endOfCandidates,
                extensions,
                codecs,
                rtcpMux,
                rtcpReducedSize,
                msid,
                ssrcs,
                ssrcGroups,
                rids,
                simulcast,
                sctpPort,
                maxMessageSize,
                attributes);
    }
}
