package dev.stoa.media.sfu;

import org.jspecify.annotations.Nullable;

/// Small open-addressing map from SSRC to an object; bounded, since clients choose SSRCs. [#get] allocates nothing.
final class SsrcMap<V> {
    private final int limit;
    private int[] keys = new int[16];
    private @Nullable Object[] values = new Object[16];
    private int size;

    /// @param limit entries kept at most
    SsrcMap(int limit) {
        this.limit = limit;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(int ssrc) {
        int mask = keys.length - 1;
        for (int i = slot(ssrc, mask); values[i] != null; i = (i + 1) & mask) {
            if (keys[i] == ssrc) {
                return (V) values[i];
            }
        }
        return null;
    }

    /// False when the map is full.
    boolean put(int ssrc, V value) {
        if (get(ssrc) == null) {
            if (size == limit) {
                return false;
            }
            size++;
            if (size * 2 > keys.length) {
                rebuild(keys.length * 2, null);
            }
        }
        insert(ssrc, value);
        return true;
    }

    /// Removes every SSRC that leads to this value.
    void removeValue(V value) {
        rebuild(keys.length, value);
        int left = 0;
        for (Object v : values) {
            left += v == null ? 0 : 1;
        }
        size = left;
    }

    int size() {
        return size;
    }

    private void insert(int ssrc, Object value) {
        int mask = keys.length - 1;
        int i = slot(ssrc, mask);
        while (values[i] != null && keys[i] != ssrc) {
            i = (i + 1) & mask;
        }
        keys[i] = ssrc;
        values[i] = value;
    }

    private void rebuild(int capacity, @Nullable Object without) {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[capacity];
        values = new Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            Object value = oldValues[i];
            if (value != null && value != without) {
                insert(oldKeys[i], value);
            }
        }
    }

    private static int slot(int ssrc, int mask) {
        int mix = ssrc * 0x9E37_79B9;
        return (mix ^ (mix >>> 16)) & mask;
    }
}
