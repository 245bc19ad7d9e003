package dev.stoa.media.rtc.sctp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Chunks sent and not cumulatively acknowledged, in TSN order without holes, so a TSN is an index.
final class Outstanding {
    private @Nullable OutboundChunk[] ring = new OutboundChunk[16];
    private int head;
    private int size;

    int size() {
        return size;
    }

    OutboundChunk get(int index) {
        OutboundChunk chunk = ring[(head + index) & (ring.length - 1)];
        if (chunk == null || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return chunk;
    }

    void add(OutboundChunk chunk) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = chunk;
        size++;
    }

    OutboundChunk removeFirst() {
        OutboundChunk chunk = get(0);
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return chunk;
    }

    boolean holds(int stream) {
        for (int i = 0; i < size; i++) {
            if (get(i).stream == stream) {
                return true;
            }
        }
        return false;
    }

    private void grow() {
        @Nullable OutboundChunk[] larger = Arrays.copyOf(ring, 2 * ring.length);
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(head + i) & (ring.length - 1)];
        }
        ring = larger;
        head = 0;
        Arrays.fill(ring, size, ring.length, null);
    }
}
