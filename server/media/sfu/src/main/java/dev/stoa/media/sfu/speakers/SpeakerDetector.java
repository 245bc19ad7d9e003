package dev.stoa.media.sfu.speakers;

import java.util.Arrays;

/// Finds the active speakers of one room from audio levels (RFC 6464), with a simple hysteresis.
///
/// Levels are averaged over each interval as loudness, `127 - level`. A track becomes a speaker when its average
/// reaches [#ENTER], and stays one until it was below [#LEAVE] for [#QUIET_INTERVALS] intervals in a row, so that
/// pauses between words do not flicker. A track that sends nothing counts as silent. Single owner thread;
/// [#level] allocates nothing.
public final class SpeakerDetector {
    /// Average loudness that starts a speaker: -50 dBov. Lower: keyboards and fans become speakers.
    static final int ENTER = 77;
    /// Average loudness that keeps one: -60 dBov.
    static final int LEAVE = 67;
    /// Silent intervals before a speaker is taken off the list. Higher: calmer, slower to clear.
    static final int QUIET_INTERVALS = 2;
    /// More tracks than this in a room are not measured; a hostile room must not grow the table.
    static final int MAX_TRACKS = 1024;

    private long[] tracks = new long[8];
    private int[] sums = new int[8];
    private int[] counts = new int[8];
    private int[] quiet = new int[8];
    private int[] levels = new int[8];
    private int size;
    private boolean lastEmpty = true;

    /// Makes a track known. Returns the handle for [#level], -1 when the table is full.
    public int add(long track) {
        for (int i = 0; i < size; i++) {
            if (tracks[i] == track) {
                return i;
            }
        }
        if (size == MAX_TRACKS) {
            return -1;
        }
        if (size == tracks.length) {
            grow();
        }
        tracks[size] = track;
        reset(size);
        return size++;
    }

    /// Forgets a track. The last track takes over its handle: returns the number of that moved track, or -1.
    public long remove(int handle) {
        if (handle < 0 || handle >= size) {
            return -1;
        }
        size--;
        if (handle == size) {
            return -1;
        }
        tracks[handle] = tracks[size];
        sums[handle] = sums[size];
        counts[handle] = counts[size];
        quiet[handle] = quiet[size];
        levels[handle] = levels[size];
        return tracks[handle];
    }

    /// One packet's level.
    ///
    /// @param level -dBov, 0 (loudest) to 127 (silence)
    public void level(int handle, int level) {
        if (handle >= 0 && handle < size) {
            sums[handle] += 127 - (level & 0x7F);
            counts[handle]++;
        }
    }

    /// Takes a track off the speakers at once, as when it is muted.
    public void silence(int handle) {
        if (handle >= 0 && handle < size) {
            reset(handle);
        }
    }

    /// Ends an interval. True when the list should be told: someone speaks, or silence has just started.
    public boolean endInterval() {
        boolean empty = true;
        for (int i = 0; i < size; i++) {
            int average = counts[i] == 0 ? 0 : sums[i] / counts[i];
            sums[i] = 0;
            counts[i] = 0;
            measure(i, average);
            empty &= levels[i] == 0;
        }
        boolean tell = !empty || !lastEmpty;
        lastEmpty = empty;
        return tell;
    }

    private void measure(int i, int average) {
        boolean speaks = levels[i] != 0;
        quiet[i] = average >= LEAVE ? 0 : Math.min(quiet[i] + 1, QUIET_INTERVALS);
        if (average >= ENTER || speaks && average >= LEAVE) {
            levels[i] = scale(average);
        } else if (speaks && quiet[i] >= QUIET_INTERVALS) {
            levels[i] = 0;
        }
    }

    /// -60 dBov becomes 1, 0 dBov becomes 100.
    private static int scale(int loudness) {
        return Math.clamp(1 + (loudness - LEAVE) * 99L / (127 - LEAVE), 1, 100);
    }

    /// Handles of the present speakers, loudest first.
    public int[] speakers() {
        long[] ranked = new long[size];
        int found = 0;
        for (int i = 0; i < size; i++) {
            if (levels[i] > 0) {
                ranked[found++] = (100L - levels[i]) << 32 | i;
            }
        }
        Arrays.sort(ranked, 0, found);
        int[] handles = new int[found];
        for (int i = 0; i < found; i++) {
            handles[i] = (int) ranked[i];
        }
        return handles;
    }

    public long track(int handle) {
        return tracks[handle];
    }

    /// 1..100 for a speaker, 0 else.
    public int levelOf(int handle) {
        return levels[handle];
    }

    public boolean isEmpty() {
        return size == 0;
    }

    private void reset(int i) {
        sums[i] = 0;
        counts[i] = 0;
        quiet[i] = QUIET_INTERVALS;
        levels[i] = 0;
    }

    private void grow() {
        int capacity = tracks.length * 2;
        tracks = Arrays.copyOf(tracks, capacity);
        sums = Arrays.copyOf(sums, capacity);
        counts = Arrays.copyOf(counts, capacity);
        quiet = Arrays.copyOf(quiet, capacity);
        levels = Arrays.copyOf(levels, capacity);
    }
}
