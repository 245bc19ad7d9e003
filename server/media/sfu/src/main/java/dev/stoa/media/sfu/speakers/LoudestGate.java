package dev.stoa.media.sfu.speakers;

import java.util.Arrays;

/// Which microphones of a large room are heard: at most a fixed number, those that spoke last.
///
/// With no more microphones than that all are heard. Else a microphone comes in with its first voiced packet, in the
/// place of the one that has been silent longest, and stays at least [#HOLD_NS]: there is always one to give way unless
/// all the others spoke a moment ago. Only then loudness decides, by a clear margin. Single owner thread; [#hears]
/// allocates nothing.
public final class LoudestGate {
    /// Who spoke so recently does not give way to somebody as loud.
    static final long HOLD_NS = 1_000_000_000L;
    /// Loudness of a voiced packet, `127 - level`: -50 dBov, as [SpeakerDetector] has it.
    static final int VOICED = 77;
    /// How much louder, in dB, somebody has to be than the quietest of those that speak.
    static final int MARGIN = 6;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int limit;
    private boolean[] used = new boolean[8];
    private boolean[] open = new boolean[8];
    private long[] voicedNs = new long[8];
    private int[] loudness = new int[8];
    private int size;
    private int opened;

    /// @param limit how many are heard, at least 1
    public LoudestGate(int limit) {
        this.limit = limit;
    }

    /// A new microphone; returns the handle for [#hears].
    public int add() {
        int handle = 0;
        while (handle < used.length && used[handle]) {
            handle++;
        }
        if (handle == used.length) {
            grow();
        }
        used[handle] = true;
        open[handle] = false;
        voicedNs[handle] = NEVER;
        loudness[handle] = 0;
        size++;
        return handle;
    }

    private void grow() {
        int capacity = used.length * 2;
        used = Arrays.copyOf(used, capacity);
        open = Arrays.copyOf(open, capacity);
        voicedNs = Arrays.copyOf(voicedNs, capacity);
        loudness = Arrays.copyOf(loudness, capacity);
    }

    public void remove(int handle) {
        if (used[handle]) {
            opened -= open[handle] ? 1 : 0;
            open[handle] = false;
            used[handle] = false;
            size--;
        }
    }

    /// Takes one packet of a microphone; true when it is to be sent.
    ///
    /// @param level -dBov, 0 (loudest) to 127; negative when it is not told, which counts as voice
    public boolean hears(int handle, long nowNs, int level) {
        int loud = level < 0 ? VOICED : 127 - (level & 0x7F);
        if (loud >= VOICED) {
            voicedNs[handle] = nowNs;
            loudness[handle] = loudness[handle] == 0 ? loud : loudness[handle] + (loud - loudness[handle]) / 4;
        }
        if (!open[handle]) {
            admit(handle, nowNs, loud);
        }
        return open[handle] || size <= limit;
    }

    private void admit(int handle, long nowNs, int loud) {
        if (opened < limit) {
            open[handle] = true;
            opened++;
            return;
        }
        if (loud < VOICED) {
            return;
        }
        int longest = longestSilent();
        boolean silent = nowNs - voicedNs[longest] >= HOLD_NS;
        int victim = silent ? longest : quietest();
        if (silent || loud >= loudness[victim] + MARGIN) {
            open[victim] = false;
            open[handle] = true;
            loudness[handle] = loud;
        }
    }

    private int longestSilent() {
        int found = -1;
        for (int i = 0; i < used.length; i++) {
            if (open[i] && (found < 0 || voicedNs[i] < voicedNs[found])) {
                found = i;
            }
        }
        return found;
    }

    private int quietest() {
        int found = -1;
        for (int i = 0; i < used.length; i++) {
            if (open[i] && (found < 0 || loudness[i] < loudness[found])) {
                found = i;
            }
        }
        return found;
    }

    /// True when a microphone's packets are sent.
    public boolean isOpen(int handle) {
        return open[handle] || size <= limit;
    }

    public int size() {
        return size;
    }
}
