package dev.stoa.media.rtc.remb;

import dev.stoa.media.wire.rtcp.RtcpWriter;

/// Tells a publisher without transport-cc how fast it may send: a configured ceiling, repeated each second, since
/// senders forget an estimate that is not refreshed. Single owner thread.
public final class RembSchedule {
    private static final long INTERVAL_NS = 1_000_000_000L;
    private static final int MAX_SSRCS = 32;

    private final long ceilingBps;
    private final int[] ssrcs = new int[MAX_SSRCS];
    private int count;
    private long nextNs;

    /// @param ceilingBps bits per second for all streams together
    public RembSchedule(long ceilingBps) {
        this.ceilingBps = ceilingBps;
    }

    /// Notes a received stream; further ones than 32 are left out.
    public void onStream(int ssrc) {
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return;
            }
        }
        if (count < MAX_SSRCS) {
            ssrcs[count++] = ssrc;
        }
    }

    /// When [#write] has something to say; Long.MAX_VALUE before the first stream.
    public long nextTimeoutNs() {
        return count == 0 ? Long.MAX_VALUE : nextNs;
    }

    /// Appends a REMB when one is due; false otherwise or without room.
    public boolean write(long nowNs, RtcpWriter writer, int senderSsrc) {
        if (nowNs < nextTimeoutNs() || !writer.remb(senderSsrc, ceilingBps, ssrcs, count)) {
            return false;
        }
        nextNs = nowNs + INTERVAL_NS;
        return true;
    }
}
