package dev.stoa.media.sim;

import java.util.Arrays;

/// Plays decoder for frames with layers: a frame can be decoded when it is complete and all it builds on were. It must
/// not matter which layers were left out on the way. Fixed memory. Single owner thread.
public final class LayeredFrames {
    private static final int SLOTS = 512;
    private static final int LAYERS = 8;

    private final int[] frames = new int[SLOTS];
    private final long[] received = new long[SLOTS];
    private final boolean[] decoded = new boolean[SLOTS];
    private final long[] counts = new long[LAYERS * LAYERS];
    private final long[] markerTimestamps = new long[SLOTS];
    private final boolean[] whole = new boolean[SLOTS];
    private final boolean[] keys = new boolean[SLOTS];
    private final int[] stamps = new int[SLOTS];
    private int newest = -1;
    private int waiting;
    private long undecodable;
    private long doubleMarkers;
    private long complete;
    private int newestSpatial;

    LayeredFrames() {
        Arrays.fill(frames, -1);
        Arrays.fill(markerTimestamps, -1);
    }

    /// @param stamp as [SimLayers#stamp]
    void onPacket(int frame, int index, int packets, boolean key, int stamp, boolean marker, long timestamp) {
        int slot = frame & SLOTS - 1;
        if (frames[slot] != frame) {
            if (frames[slot] > frame) {
                return;
            }
            begin(slot, frame, key, stamp);
        }
        received[slot] |= 1L << index;
        if (marker) {
            onMarker(timestamp);
        }
        if (!whole[slot] && received[slot] == (1L << packets) - 1) {
            whole[slot] = true;
            complete++;
            newestSpatial = frame == newest ? stamp >>> 29 : newestSpatial;
            counts[(stamp >>> 29) * LAYERS + (stamp >>> 26 & 7)]++;
            waiting++;
            decodeAll();
        }
    }

    private void begin(int slot, int frame, boolean key, int stamp) {
        if (whole[slot] && !decoded[slot]) {
            undecodable++;
            waiting--;
        }
        frames[slot] = frame;
        received[slot] = 0;
        decoded[slot] = false;
        whole[slot] = false;
        keys[slot] = key;
        stamps[slot] = stamp;
        newest = Math.max(newest, frame);
    }

    /// Also those that waited for a repair.
    private void decodeAll() {
        for (int frame = Math.max(0, newest - SLOTS + 1); waiting > 0 && frame <= newest; frame++) {
            int slot = frame & SLOTS - 1;
            if (frames[slot] == frame && whole[slot] && !decoded[slot] && isDecodable(frame, slot)) {
                decoded[slot] = true;
                waiting--;
            }
        }
    }

    private boolean isDecodable(int frame, int slot) {
        boolean able = true;
        for (int distance = 1; distance < 25 && !keys[slot]; distance++) {
            if ((stamps[slot] >>> distance & 1) != 0) {
                int other = frame - distance & SLOTS - 1;
                able &= frames[other] == frame - distance && decoded[other];
            }
        }
        return able;
    }

    private void onMarker(long timestamp) {
        int slot = (int) (timestamp / 1000) & SLOTS - 1;
        doubleMarkers += markerTimestamps[slot] == timestamp ? 1 : 0;
        markerTimestamps[slot] = timestamp;
    }

    /// Complete frames of a layer.
    public long count(int spatial, int temporal) {
        return counts[spatial * LAYERS + temporal];
    }

    /// Complete frames some of whose references did not come, so far.
    public long undecodable() {
        return undecodable + waiting;
    }

    /// Pictures ended more than once.
    public long doubleMarkers() {
        return doubleMarkers;
    }

    public long complete() {
        return complete;
    }

    /// Spatial layer of the newest complete frame.
    public int newestSpatial() {
        return newestSpatial;
    }
}
