package dev.stoa.media.rtc.srtp;

import org.jspecify.annotations.Nullable;

/// Replay windows by SSRC, in an open-addressed table that grows with the streams there are: most transports have a
/// few, and many have none. Not thread-safe.
final class StreamTable {
    private static final int SMALLEST = 4;

    private final int limit;
    private int[] ssrcs = new int[SMALLEST];
    private @Nullable ReplayWindow[] windows = new ReplayWindow[SMALLEST];
    private int mask = SMALLEST - 1;
    private int size;

    /// @param limit most SSRCs held, 1..65536
    StreamTable(int limit) {
        this.limit = limit;
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
        if (2 * (size + 1) > windows.length) {
            grow();
        }
        insert(ssrc, window);
        size++;
    }

    private void grow() {
        int[] oldSsrcs = ssrcs;
        @Nullable ReplayWindow[] oldWindows = windows;
        ssrcs = new int[2 * oldSsrcs.length];
        windows = new ReplayWindow[2 * oldWindows.length];
        mask = windows.length - 1;
        for (int i = 0; i < oldWindows.length; i++) {
            ReplayWindow window = oldWindows[i];
            if (window != null) {
                insert(oldSsrcs[i], window);
            }
        }
    }

    private void insert(int ssrc, ReplayWindow window) {
        int i = slot(ssrc);
        while (windows[i] != null) {
            i = (i + 1) & mask;
        }
        ssrcs[i] = ssrc;
        windows[i] = window;
    }

    int size() {
        return size;
    }

    private int slot(int ssrc) {
        int mixed = ssrc * 0x9E37_79B9;
        return (mixed ^ (mixed >>> 16)) & mask;
    }
}
