package dev.stoa.media.rtc.keyframe;

/// Lets key-frame requests for one stream through at most once per interval. One that comes too early is kept and let
/// through when the interval is over, unless a key frame has arrived by then.
///
/// Urgent requests (somebody changes layers and cannot go on without) wait less, as long as they are few: a handful in
/// a row, after that one per interval like all others. Single owner thread.
public final class KeyFrameThrottle {
    /// One second: a key frame costs several times a delta frame, and a lost one is noticed within a second.
    public static final long DEFAULT_INTERVAL_NS = 1_000_000_000L;

    /// Between two requests when the later one is urgent. libwebrtc ignores requests that come sooner.
    public static final long URGENT_INTERVAL_NS = 300_000_000L;

    private static final int URGENT_IN_A_ROW = 4;
    private static final long NEVER = Long.MIN_VALUE;

    private final long intervalNs;
    private long sentNs = NEVER;
    private long dueNs = Long.MAX_VALUE;
    private long creditNs;

    public KeyFrameThrottle(long intervalNs) {
        this.intervalNs = intervalNs;
        this.creditNs = URGENT_IN_A_ROW * intervalNs;
    }

    /// Somebody needs a key frame. True: ask the publisher now. False: the request is kept for [#poll].
    public boolean request(long nowNs) {
        return request(nowNs, intervalNs);
    }

    /// As [#request] for somebody who can be served within [#URGENT_INTERVAL_NS].
    public boolean requestUrgently(long nowNs) {
        boolean few = sentNs == NEVER || creditNs(nowNs) >= intervalNs;
        return request(nowNs, few ? Math.min(URGENT_INTERVAL_NS, intervalNs) : intervalNs);
    }

    private boolean request(long nowNs, long waitNs) {
        if (sentNs == NEVER || nowNs - sentNs >= waitNs) {
            send(nowNs);
            return true;
        }
        dueNs = Math.min(dueNs, sentNs + waitNs);
        return false;
    }

    private void send(long nowNs) {
        creditNs = sentNs == NEVER ? creditNs : Math.max(0, creditNs(nowNs) - intervalNs);
        sentNs = nowNs;
        dueNs = Long.MAX_VALUE;
    }

    private long creditNs(long nowNs) {
        return Math.min(URGENT_IN_A_ROW * intervalNs, creditNs + (nowNs - sentNs));
    }

    /// True when a kept request is due: ask the publisher now.
    public boolean poll(long nowNs) {
        if (nowNs < dueNs) {
            return false;
        }
        send(nowNs);
        return true;
    }

    /// When [#poll] becomes true; Long.MAX_VALUE without a kept request.
    public long nextTimeoutNs() {
        return dueNs;
    }

    /// A key frame began: whoever waited is served.
    public void onKeyFrame() {
        dueNs = Long.MAX_VALUE;
    }
}
