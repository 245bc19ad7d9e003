package dev.stoa.media.sim;

/// Time that moves only when it is told to. Not thread-safe.
public final class VirtualClock {
    private long nowNs;

    /// @param startNs not negative
    public VirtualClock(long startNs) {
        this.nowNs = startNs;
    }

    public long nowNs() {
        return nowNs;
    }

    /// Moves on to `ns`; never back.
    public void advanceTo(long ns) {
        nowNs = Math.max(nowNs, ns);
    }
}
