package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.SubscribeSpec;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.ExtMap;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.SdpAttribute;
import dev.stoa.media.wire.sdp.Ssrc;
import dev.stoa.media.wire.sdp.SsrcGroup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.List;

/// One track on its way to one subscriber: what our offer says of it and what the subscriber wants of it.
///
/// Survives renegotiations, so preferences do too.
final class Forwarded {
    final SubscriptionId id;
    final PublishedTrack track;
    final String streamLabel;
    final int ssrc;
    final int rtxSsrc;
    VideoLayer wanted;
    /// The subscriber accepted it and the media server knows it.
    boolean live;
    /// Where the subscriber takes repeated audio, -1 = it does not.
    int redPayloadType = -1;

    /// @param streamLabel stream id for this subscriber, of no other video
    Forwarded(MediaIds ids, PublishedTrack track, String streamLabel, VideoLayer wanted) {
        this.id = ids.subscription();
        this.track = track;
        this.streamLabel = streamLabel;
        this.ssrc = ids.ssrc();
        this.rtxSsrc = kind() == MediaKind.VIDEO ? ids.ssrc() : 0;
        this.wanted = wanted;
    }

    MediaKind kind() {
        return Codecs.kind(track.codec());
    }

    SubscribeSpec spec(String mid) {
        List<ExtMap> extensions = HeaderExtensions.offered(kind(), track.codec());
        return new SubscribeSpec(
                id,
                track.id(),
                mid,
                ssrc,
                rtxSsrc,
                Codecs.ourPayloadType(track.codec()),
                Codecs.ourRtxPayloadType(track.codec()),
                HeaderExtensions.ids(extensions),
                wanted,
                redPayloadType,
                track.priority(),
                track.screen());
    }

    MediaDescriptionBuilder write(String mid, TransportDescription transport) {
        MediaDescriptionBuilder section = section(kind(), track.codec(), mid, transport)
                .direction(Direction.SENDONLY)
                .msid(streamLabel, track.clientId())
                .addSsrc(source(ssrc));
        if (rtxSsrc != 0) {
            section.addSsrcGroup(new SsrcGroup("FID", List.of(ssrc, rtxSsrc))).addSsrc(source(rtxSsrc));
        }
        return section;
    }

    /// A section that carries nothing now and may carry another track later.
    static MediaDescriptionBuilder idle(MediaKind kind, MediaCodec codec, String mid, TransportDescription transport) {
        return section(kind, codec, mid, transport).direction(Direction.INACTIVE);
    }

    private static MediaDescriptionBuilder section(
            MediaKind kind, MediaCodec codec, String mid, TransportDescription transport) {
        dev.stoa.media.wire.sdp.MediaKind media = kind == MediaKind.AUDIO
                ? dev.stoa.media.wire.sdp.MediaKind.AUDIO
                : dev.stoa.media.wire.sdp.MediaKind.VIDEO;
        MediaDescriptionBuilder section = MediaDescription.builder(media, "UDP/TLS/RTP/SAVPF")
                .mid(mid)
                .transport(transport)
                .rtcpMux(true)
                .rtcpReducedSize(true)
                .addCodec(Codecs.offered(codec));
        if (kind == MediaKind.VIDEO) {
            section.addCodec(
                    Codecs.rtx(Codecs.ourRtxPayloadType(codec), Codecs.ourPayloadType(codec), codec.clockRate()));
        }
        if (kind == MediaKind.AUDIO) {
            section.addCodec(Codecs.offeredRed());
        }
        HeaderExtensions.offered(kind, codec).forEach(section::addExtension);
        return section;
    }

    /// One canonical name per publisher, so that browsers play its sound and picture in step (RFC 3550 §6.5.1).
    private Ssrc source(int number) {
        return new Ssrc(
                number,
                List.of(
                        new SdpAttribute("cname", track.peerId()),
                        new SdpAttribute("msid", streamLabel + " " + track.clientId())));
    }
}
