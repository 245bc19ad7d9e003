package dev.stoa.media.sfu;

/// How one track is forwarded to one transport. All numbers were chosen by us and stand in our offer.
///
/// @param ssrc SSRC of the forwarded stream
/// @param rtxSsrc SSRC of retransmissions, 0 without RTX
/// @param rtxPayloadType -1 without RTX
/// @param redPayloadType repeated audio (RFC 2198) may be sent with this payload type, -1 = not negotiated
/// @param priority of the publisher's role, 1 is the most important
/// @param screen a screen share
/// @param wanted layer to begin with; `NONE`: negotiated but nothing flows until [SfuCommand.SetSubscription]
public record SubscribeSpec(
        SubscriptionId subscription,
        TrackId track,
        String mid,
        int ssrc,
        int rtxSsrc,
        int payloadType,
        int rtxPayloadType,
        ExtensionIds extensions,
        VideoLayer wanted,
        int redPayloadType,
        int priority,
        boolean screen) {
    /// An ordinary camera or microphone.
    public SubscribeSpec(
            SubscriptionId subscription,
            TrackId track,
            String mid,
            int ssrc,
            int rtxSsrc,
            int payloadType,
            int rtxPayloadType,
            ExtensionIds extensions,
            VideoLayer wanted) {
        this(subscription, track, mid, ssrc, rtxSsrc, payloadType, rtxPayloadType, extensions, wanted, -1, 1, false);
    }
}
