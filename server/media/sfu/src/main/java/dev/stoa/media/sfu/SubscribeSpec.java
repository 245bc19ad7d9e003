package dev.stoa.media.sfu;

/// How one track is forwarded to one transport. All numbers were chosen by us and stand in our offer.
///
/// @param ssrc SSRC of the forwarded stream
/// @param rtxSsrc SSRC of retransmissions, 0 without RTX
/// @param rtxPayloadType -1 without RTX
/// @param active false: negotiated but nothing flows until [SfuCommand.SetSubscription]
public record SubscribeSpec(
        SubscriptionId subscription,
        TrackId track,
        String mid,
        int ssrc,
        int rtxSsrc,
        int payloadType,
        int rtxPayloadType,
        ExtensionIds extensions,
        boolean active) {}
