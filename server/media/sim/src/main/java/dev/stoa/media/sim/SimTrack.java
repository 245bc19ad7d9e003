package dev.stoa.media.sim;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SubscribeSpec;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.VideoLayer;
import java.util.List;

/// The numbers of one track on one connection, as a session description would give them.
///
/// @param rtxPayloadType -1 without RTX
/// @param rtxSsrc 0 without RTX
/// @param redPayloadType of repeated audio (RFC 2198), -1 without
/// @param rid which encoding of a simulcast this is, empty without simulcast
public record SimTrack(
        MediaCodec codec,
        String mid,
        int payloadType,
        int rtxPayloadType,
        int redPayloadType,
        int ssrc,
        int rtxSsrc,
        ExtensionIds extensions,
        String rid) {
    /// Extension ids as Chromium gives them.
    public static final ExtensionIds AUDIO_IDS = new ExtensionIds(4, 0, 0, 1, 3, 2, 0, 0);

    public static final ExtensionIds VIDEO_IDS = new ExtensionIds(4, 10, 11, 0, 3, 2, 13, 0);

    /// @param ssrc also leads to the RTX SSRC, `ssrc + 1`
    public static SimTrack video(MediaCodec codec, String mid, int ssrc) {
        return new SimTrack(codec, mid, 96, 97, -1, ssrc, ssrc + 1, VIDEO_IDS, "");
    }

    /// One encoding of a simulcast: all have one mid.
    public SimTrack withRid(String rid) {
        return new SimTrack(codec, mid, payloadType, rtxPayloadType, redPayloadType, ssrc, rtxSsrc, extensions, rid);
    }

    public SimTrack withExtensions(ExtensionIds ids) {
        return new SimTrack(codec, mid, payloadType, rtxPayloadType, redPayloadType, ssrc, rtxSsrc, ids, rid);
    }

    public static SimTrack opus(String mid, int ssrc) {
        return new SimTrack(MediaCodec.OPUS, mid, 111, -1, 64, ssrc, 0, AUDIO_IDS, "");
    }

    public boolean isVideo() {
        return codec != MediaCodec.OPUS;
    }

    /// What the SFU is told of the track when it is published with its SSRCs announced.
    public PublishSpec publishSpec(TrackId id) {
        return publishSpec(id, List.of(ssrc), rtxPayloadType < 0 ? List.of() : List.of(rtxSsrc), List.of());
    }

    /// As [#publishSpec(TrackId)] with SSRCs and rids of choice.
    public PublishSpec publishSpec(TrackId id, List<Integer> ssrcs, List<Integer> rtxSsrcs, List<String> rids) {
        MediaKind kind = isVideo() ? MediaKind.VIDEO : MediaKind.AUDIO;
        return new PublishSpec(id, kind, codec, mid, payloadType, rtxPayloadType, ssrcs, rtxSsrcs, rids, extensions);
    }

    /// What the SFU is told of the track when it is forwarded to this connection.
    public SubscribeSpec subscribeSpec(SubscriptionId subscription, TrackId id, boolean active) {
        return new SubscribeSpec(
                subscription,
                id,
                mid,
                ssrc,
                rtxSsrc,
                payloadType,
                rtxPayloadType,
                extensions,
                active ? VideoLayer.HIGH : VideoLayer.NONE,
                redPayloadType,
                1,
                false);
    }
}
