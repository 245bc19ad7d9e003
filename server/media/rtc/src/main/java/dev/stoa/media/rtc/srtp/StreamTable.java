package dev.stoa.media.rtc.srtp;

import org.jspecify.annotations.Nullable;

/// Replay windows by SSRC, in an open-addressed table that never grows. Not thread-safe.
final class StreamTable {
    private final int[] ssrcs;
    private final @Nullable ReplayWindow[] windows;
    private final int limit;
    private final int mask;
    private int size;

    /// @param limit most SSRCs held, 1..65536
    StreamTable(int limit) {
        int capacity = Integer.highestOneBit(Math.max(2, limit)) << 2;
        this.limit = limit;
        this.mask = capacity - 1;
        this.ssrcs = new int[capacity];
        this.windows = new ReplayWindow[capacity];
    }

    @Nullable
    ReplayWindow find(int ssrc) {
        for (int i = slot(ssrc); ; i = (i + 1) & mask) {
            ReplayWindow window = windows[i];
            if (window == null || ssrcs[i] == ssrc) {
                return window;
            }
        }
    }

    boolean isFull() {
        return size >= limit;
    }

    /// Adds a window for an SSRC that [#find] does not know. Only when not [#isFull()].
    void add(int ssrc, ReplayWindow window) {
        if (isFull()) {
            throw new IllegalStateException("table is full");
        }
        int i = slot(ssrc);
        while (windows[i] != null) {
            i = (i + 1) & mask;
        }
        ssrcs[i] = ssrc;
        windows[i] = window;
        size++;
    }

    int size() {
        return size;
    }

    private int slot(int ssrc) {
        int mixed = ssrc * 0x9E37_79B9;
        return (mixed ^ (mixed >>> 16)) & mask;
    }
}
