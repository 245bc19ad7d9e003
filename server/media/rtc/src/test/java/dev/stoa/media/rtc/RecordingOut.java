package dev.stoa.media.rtc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A [DatagramOut] with one slot that keeps a copy of what was sent, or only counts it.
public final class RecordingOut implements DatagramOut {
    public record Sent(Remote remote, MemorySegment bytes) {
        public int length() {
            return (int) bytes.byteSize();
        }
    }

    private final MemorySegment slab = MemorySegment.ofArray(new byte[SLOT_BYTES]);
    private final boolean keep;
    private final List<Sent> sent = new ArrayList<>();
    private long count;

    public RecordingOut(boolean keep) {
        this.keep = keep;
    }

    @Override
    public MemorySegment slab() {
        return slab;
    }

    @Override
    public long reserve() {
        return 0;
    }

    @Override
    public void commit(Remote remote, long offset, int length) {
        count++;
        if (keep) {
            byte[] copy = slab.asSlice(offset, length).toArray(JAVA_BYTE);
            sent.add(new Sent(remote.copy(), MemorySegment.ofArray(copy)));
        }
    }

    /// What was sent since the last call.
    public List<Sent> take() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    public long count() {
        return count;
    }
}
