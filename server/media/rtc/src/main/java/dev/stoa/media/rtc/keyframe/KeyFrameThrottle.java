package dev.stoa.media.rtc.keyframe;

/// Lets key-frame requests for one track through at most once per interval. One that comes too early is kept and let
/// through when the interval is over, unless a key frame has arrived by then. Single owner thread.
public final class KeyFrameThrottle {
    /// One second: a key frame costs several times a delta frame, and a lost one is noticed within a second.
    public static final long DEFAULT_INTERVAL_NS = 1_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final long intervalNs;
    private long sentNs = NEVER;
    private boolean deferred;

    public KeyFrameThrottle(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    /// Somebody needs a key frame. True: ask the publisher now. False: the request is kept for [#poll].
    public boolean request(long nowNs) {
        if (sentNs == NEVER || nowNs - sentNs >= intervalNs) {
            sentNs = nowNs;
            deferred = false;
            return true;
        }
        deferred = true;
        return false;
    }

    /// True when a kept request is due: ask the publisher now.
    public boolean poll(long nowNs) {
        return deferred && nowNs >= nextTimeoutNs() && request(nowNs);
    }

    /// When [#poll] becomes true; Long.MAX_VALUE without a kept request.
    public long nextTimeoutNs() {
        return deferred ? sentNs + intervalNs : Long.MAX_VALUE;
    }

    /// A key frame began: whoever waited is served.
    public void onKeyFrame() {
        deferred = false;
    }
}
