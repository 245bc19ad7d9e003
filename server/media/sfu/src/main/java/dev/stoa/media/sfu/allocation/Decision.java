package dev.stoa.media.sfu.allocation;

import dev.stoa.media.sfu.VideoLayer;

/// Explains what was chosen for one video, as of the last change.
///
/// @param track number of the subscription
/// @param layer chosen; [VideoLayer#NONE] = not sent
/// @param temporal highest temporal layer, -1 when not sent
/// @param wanted highest layer wanted
/// @param bps what the chosen quality cost
/// @param nextBps what the next better one would have cost, 0 without one
/// @param estimateBps the whole estimate at that time
/// @param atNs when
public record Decision(
        long track,
        VideoLayer layer,
        int temporal,
        VideoLayer wanted,
        Reason reason,
        long bps,
        long nextBps,
        long estimateBps,
        long atNs) {

    /// Less is sent than wanted, for want of bandwidth: what the client is told as `subscriber_degraded`.
    public boolean degraded() {
        return switch (reason) {
            case BANDWIDTH, WAITING, GRACE, SWITCHED_OFF -> true;
            case AS_WANTED, NOT_WANTED, NOT_SENT -> false;
        };
    }
}
