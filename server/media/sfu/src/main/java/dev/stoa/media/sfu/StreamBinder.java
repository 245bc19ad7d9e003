package dev.stoa.media.sfu;

import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the published stream a packet belongs to (RFC 8843 §9.2): by SSRC, else by the mid extension with the rid
/// extension (RFC 8852) for simulcast, else by a payload type that only one track uses. What was found is remembered by
/// SSRC. Finding a known SSRC allocates nothing; how many are remembered is bounded.
final class StreamBinder {
    private final List<PublishedTrack> tracks;
    private final WorkerContext context;
    private final SsrcMap<PublishedStream> bySsrc;

    /// @param tracks live list of the transport's tracks
    StreamBinder(List<PublishedTrack> tracks, WorkerContext context) {
        this.tracks = tracks;
        this.context = context;
        this.bySsrc = new SsrcMap<>(context.settings().maxStreamsPerTransport());
    }

    /// Binds what the description announced, so that the first packet needs no extension.
    void announce(PublishedTrack track) {
        PublishSpec spec = track.spec();
        for (int i = 0; i < spec.ssrcs().size(); i++) {
            PublishedStream stream = open(track, "", i, spec.ssrcs().get(i));
            if (stream != null && i < spec.rtxSsrcs().size()) {
                bindRtx(stream, spec.rtxSsrcs().get(i));
            }
        }
    }

    /// Binds the encodings of a track that was published anew: browsers no longer write rids once a stream is known.
    void adopt(PublishedTrack old, PublishedTrack track) {
        for (PublishedStream stream : old.streams()) {
            int index = track.spec().rids().indexOf(stream.rid());
            if (index < 0 || bySsrc.get(stream.ssrc()) != null) {
                continue;
            }
            PublishedStream adopted = open(track, stream.rid(), index, stream.ssrc());
            if (adopted != null && stream.hasRtx()) {
                bindRtx(adopted, stream.rtxSsrc());
            }
        }
    }

    void forget(PublishedTrack track) {
        for (PublishedStream stream : track.streams()) {
            bySsrc.removeValue(stream);
        }
    }

    @Nullable
    PublishedStream known(int ssrc) {
        return bySsrc.get(ssrc);
    }

    /// Null when the packet belongs to no track.
    @Nullable
    PublishedStream find(RtpPacket packet) {
        PublishedStream stream = bySsrc.get(packet.ssrc());
        return stream != null ? stream : bind(packet);
    }

    private @Nullable PublishedStream bind(RtpPacket packet) {
        PublishedTrack track = byMid(packet);
        if (track == null) {
            track = byPayloadType(packet);
        }
        if (track == null) {
            return null;
        }
        PublishSpec spec = track.spec();
        if (packet.payloadType() == spec.payloadType()) {
            int index = encoding(track, packet, spec.extensions().rid());
            return index < 0 ? null : open(track, rid(spec, index), index, packet.ssrc());
        }
        if (packet.payloadType() == spec.rtxPayloadType()) {
            PublishedStream stream = repaired(track, packet);
            return stream != null && bindRtx(stream, packet.ssrc()) ? stream : null;
        }
        return null;
    }

    private @Nullable PublishedStream repaired(PublishedTrack track, RtpPacket packet) {
        int index = encoding(track, packet, track.spec().extensions().repairedRid());
        for (PublishedStream stream : track.streams()) {
            if (stream.index() == index) {
                return stream;
            }
        }
        return null;
    }

    private @Nullable PublishedStream open(PublishedTrack track, String rid, int index, int ssrc) {
        PublishedStream stream = new PublishedStream(track, rid, index, ssrc, context);
        if (!bySsrc.put(ssrc, stream)) {
            return null;
        }
        PublishedStream replaced = track.addStream(stream);
        if (replaced != null) {
            bySsrc.removeValue(replaced);
        }
        return stream;
    }

    private boolean bindRtx(PublishedStream stream, int ssrc) {
        if (!bySsrc.put(ssrc, stream)) {
            return false;
        }
        stream.rtxSsrc(ssrc);
        return true;
    }

    private @Nullable PublishedTrack byMid(RtpPacket packet) {
        for (int i = 0; i < tracks.size(); i++) {
            PublishedTrack track = tracks.get(i);
            if (extensionIs(packet, track.spec().extensions().mid(), track.mid())) {
                return track;
            }
        }
        return null;
    }

    /// Only for packets without mid: one with another mid belongs to a section we do not have.
    private @Nullable PublishedTrack byPayloadType(RtpPacket packet) {
        int payloadType = packet.payloadType();
        PublishedTrack only = null;
        for (int i = 0; i < tracks.size(); i++) {
            PublishSpec spec = tracks.get(i).spec();
            if (spec.payloadType() == payloadType || spec.rtxPayloadType() == payloadType) {
                if (only != null || packet.extensionOffset(spec.extensions().mid()) >= 0) {
                    return null;
                }
                only = tracks.get(i);
            }
        }
        return only;
    }

    /// Index of the packet's encoding; 0 for a track without rids, -1 when the rid is missing or unknown.
    private static int encoding(PublishedTrack track, RtpPacket packet, int ridExtension) {
        List<String> rids = track.spec().rids();
        if (rids.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < rids.size(); i++) {
            if (extensionIs(packet, ridExtension, rids.get(i).getBytes(StandardCharsets.US_ASCII))) {
                return i;
            }
        }
        return -1;
    }

    private static String rid(PublishSpec spec, int index) {
        return spec.rids().isEmpty() ? "" : spec.rids().get(index);
    }

    private static boolean extensionIs(RtpPacket packet, int id, byte[] expected) {
        int at = packet.extensionOffset(id);
        if (at < 0 || packet.extensionLength(id) != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((byte) Wire.u8(packet.buffer(), packet.offset() + at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
