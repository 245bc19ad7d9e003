package dev.stoa.media.sfu;

import java.util.List;

/// What a publisher's media section says about one track.
///
/// @param mid section identifier; packets are bound to the track by SSRC, else by the mid (and rid) extension
///     (RFC 8843 §9.2)
/// @param payloadType payload type of the codec in the publisher's packets
/// @param rtxPayloadType its RTX payload type (RFC 4588), -1 without
/// @param ssrcs primary SSRCs announced by `a=ssrc`, unsigned 32 bit, may be empty (simulcast by rid)
/// @param rtxSsrcs RTX SSRCs, same order as `ssrcs`, may be empty
/// @param rids encodings in order, best first; empty without simulcast
public record PublishSpec(
        TrackId track,
        MediaKind kind,
        MediaCodec codec,
        String mid,
        int payloadType,
        int rtxPayloadType,
        List<Integer> ssrcs,
        List<Integer> rtxSsrcs,
        List<String> rids,
        ExtensionIds extensions) {}
