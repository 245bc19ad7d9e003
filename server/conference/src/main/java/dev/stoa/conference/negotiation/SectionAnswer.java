package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.ExtMap;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.MediaKind;
import dev.stoa.media.wire.sdp.RtpCodec;
import dev.stoa.media.wire.sdp.Ssrc;
import dev.stoa.media.wire.sdp.SsrcGroup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Our side of one offered media section: one codec with its retransmissions, nothing else.
final class SectionAnswer {
    /// Sources of one track; more are not taken from an offer.
    private static final int MAX_SSRCS = 8;

    private final MediaDescription offered;
    private final MediaCodec codec;
    private final RtpCodec chosen;
    private final OptionalInt rtx;
    private final List<ExtMap> extensions;

    private final List<String> rids;
    private int audioKbps;

    private SectionAnswer(MediaDescription offered, MediaCodec codec, RtpCodec chosen, List<String> rids) {
        this.offered = offered;
        this.codec = codec;
        this.chosen = chosen;
        this.rtx = codec == MediaCodec.OPUS ? OptionalInt.empty() : offered.rtxFor(chosen.payloadType());
        this.extensions = HeaderExtensions.accepted(offered, Codecs.kind(codec), codec);
        this.rids = rids;
    }

    /// Empty when the codec is not offered.
    ///
    /// @param allowedRids simulcast encodings the track may have
    static Optional<SectionAnswer> with(MediaDescription offered, MediaCodec codec, List<String> allowedRids) {
        List<String> rids = Simulcasts.accepted(offered, allowedRids);
        return Codecs.choose(offered, codec).map(chosen -> new SectionAnswer(offered, codec, chosen, rids));
    }

    /// For a section without a track: any codec keeps it in the bundle.
    static Optional<SectionAnswer> withAny(MediaDescription offered) {
        List<MediaCodec> known = offered.kind() == MediaKind.AUDIO
                ? List.of(MediaCodec.OPUS)
                : List.of(MediaCodec.VP8, MediaCodec.H264, MediaCodec.VP9, MediaCodec.AV1);
        return known.stream()
                .map(codec -> with(offered, codec, List.of()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    MediaDescriptionBuilder write(TransportDescription transport, Direction direction) {
        MediaDescriptionBuilder section = MediaDescription.builder(offered.kind(), offered.protocol())
                .mid(offered.mid())
                .direction(direction)
                .transport(transport)
                .rtcpMux(true)
                .rtcpReducedSize(offered.rtcpReducedSize())
                .addCodec(Codecs.answered(chosen, codec, audioKbps));
        rtx.ifPresent(
                payloadType -> section.addCodec(Codecs.rtx(payloadType, chosen.payloadType(), codec.clockRate())));
        extensions.forEach(section::addExtension);
        if (!rids.isEmpty()) {
            Simulcasts.declared(rids).forEach(section::addRid);
            section.simulcast(Simulcasts.wanted(rids));
        }
        return section;
    }

    /// The refusal of a whole section (RFC 9429 §5.3.1).
    static MediaDescription rejected(MediaDescription offered) {
        MediaDescriptionBuilder section = MediaDescription.builder(offered.kind(), offered.protocol())
                .port(0)
                .mid(offered.mid())
                .direction(Direction.INACTIVE);
        offered.formats().forEach(section::addFormat);
        return section.build();
    }

    PublishSpec spec(TrackId track) {
        List<Integer> ssrcs = new ArrayList<>();
        List<Integer> rtxSsrcs = new ArrayList<>();
        for (int ssrc : primarySsrcs()) {
            ssrcs.add(ssrc);
            offered.rtxSsrcFor(ssrc).ifPresent(rtxSsrcs::add);
        }
        return new PublishSpec(
                track,
                Codecs.kind(codec),
                codec,
                offered.mid(),
                chosen.payloadType(),
                rtx.orElse(-1),
                List.copyOf(ssrcs),
                List.copyOf(rtxSsrcs),
                Simulcasts.bestFirst(rids),
                HeaderExtensions.ids(extensions));
    }

    /// Encodings of a simulcast are told apart by rid alone: not every browser lists their sources in that order.
    private List<Integer> primarySsrcs() {
        if (!rids.isEmpty()) {
            return List.of();
        }
        Set<Integer> repairs = new HashSet<>();
        for (SsrcGroup group : offered.ssrcGroups()) {
            if (!group.semantics().equals("SIM") && group.ssrcs().size() > 1) {
                repairs.addAll(group.ssrcs().subList(1, group.ssrcs().size()));
            }
        }
        return offered.ssrcs().stream()
                .map(Ssrc::ssrc)
                .filter(ssrc -> !repairs.contains(ssrc))
                .limit(MAX_SSRCS)
                .toList();
    }

    /// Bit rate the publisher's role prescribes, for an audio section.
    void audioKbps(int kbps) {
        audioKbps = kbps;
    }

    MediaCodec codec() {
        return codec;
    }
}
