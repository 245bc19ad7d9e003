package dev.stoa.media.sfu.speakers;

import java.util.Arrays;

/// Finds the active speakers of one room from audio levels (RFC 6464), with a simple hysteresis.
///
/// Loudness is `127 - level`. Only packets of at least [#LEAVE] count, and the loudness of an interval is their mean:
/// speech is syllables and pauses, so a mean over everything would call a quiet talker silent. A track becomes a
/// speaker when [#ENTER_PACKETS] of an interval reach [#ENTER], and stays one until [#QUIET_INTERVALS] intervals in a
/// row had fewer than [#STAY_PACKETS] that count, so that pauses between words do not flicker. A track that sends
/// nothing is silent. Single owner thread; [#level] allocates nothing.
public final class SpeakerDetector {
    /// Loudness of a packet that makes a speaker: -50 dBov. Lower: fans and rustling become speakers.
    static final int ENTER = 77;
    /// Loudness of a packet that keeps one: -60 dBov.
    static final int LEAVE = 67;
    /// A tenth of a second of 20 ms packets, a short syllable. Lower: key strokes become speakers.
    static final int ENTER_PACKETS = 5;
    static final int STAY_PACKETS = 2;
    /// Silent intervals before a speaker is taken off the list. Higher: calmer, slower to clear.
    static final int QUIET_INTERVALS = 2;
    /// More tracks than this in a room are not measured; a hostile room must not grow the table.
    static final int MAX_TRACKS = 1024;

    private long[] tracks = new long[8];
    private int[] sums = new int[8];
    private int[] counts = new int[8];
    private int[] louds = new int[8];
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
        louds[handle] = louds[size];
        quiet[handle] = quiet[size];
        levels[handle] = levels[size];
        return tracks[handle];
    }

    /// One packet's level.
    ///
    /// @param level -dBov, 0 (loudest) to 127 (silence)
    public void level(int handle, int level) {
        int loudness = 127 - (level & 0x7F);
        if (handle >= 0 && handle < size && loudness >= LEAVE) {
            sums[handle] += loudness;
            counts[handle]++;
            louds[handle] += loudness >= ENTER ? 1 : 0;
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
            measure(i);
            sums[i] = 0;
            counts[i] = 0;
            louds[i] = 0;
            empty &= levels[i] == 0;
        }
        boolean tell = !empty || !lastEmpty;
        lastEmpty = empty;
        return tell;
    }

    private void measure(int i) {
        boolean speaks = levels[i] != 0;
        boolean sounds = counts[i] >= STAY_PACKETS;
        quiet[i] = sounds ? 0 : Math.min(quiet[i] + 1, QUIET_INTERVALS);
        if (louds[i] >= ENTER_PACKETS || speaks && sounds) {
            levels[i] = scale(sums[i] / counts[i]);
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
        louds[i] = 0;
        quiet[i] = QUIET_INTERVALS;
        levels[i] = 0;
    }

    private void grow() {
        int capacity = tracks.length * 2;
        tracks = Arrays.copyOf(tracks, capacity);
        sums = Arrays.copyOf(sums, capacity);
        counts = Arrays.copyOf(counts, capacity);
        louds = Arrays.copyOf(louds, capacity);
        quiet = Arrays.copyOf(quiet, capacity);
        levels = Arrays.copyOf(levels, capacity);
    }
}
