package dev.stoa.media.sfu;

/// Negotiated ids of RTP header extensions (RFC 8285) on one media section; 0 = not negotiated.
///
/// @param mid `urn:ietf:params:rtp-hdrext:sdes:mid`
/// @param rid `urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id`
/// @param repairedRid `urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id`
/// @param audioLevel `urn:ietf:params:rtp-hdrext:ssrc-audio-level` (RFC 6464)
/// @param transportCc `http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01`
/// @param absSendTime `http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time`
/// @param videoOrientation `urn:3gpp:video-orientation`
/// @param dependencyDescriptor AV1 RTP specification, appendix A
public record ExtensionIds(
        int mid,
        int rid,
        int repairedRid,
        int audioLevel,
        int transportCc,
        int absSendTime,
        int videoOrientation,
        int dependencyDescriptor) {}
