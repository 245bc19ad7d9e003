package dev.stoa.media.io;

import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Collects a turn's datagrams in the socket's send slab; frames for TCP leave at once.
final class BatchOut implements DatagramOut {
    /// So many sealed packets are still in the first- and second-level cache when the kernel copies them.
    static final int CACHED_SLOTS = 16;

    private final DatagramIo io;
    private final @Nullable TcpMedia tcp;
    private final MemorySegment slab;
    private int next;

    BatchOut(DatagramIo io, @Nullable TcpMedia tcp) {
        this.io = io;
        this.tcp = tcp;
        this.slab = io.sendSlab();
    }

    @Override
    public MemorySegment slab() {
        return slab;
    }

    @Override
    public long reserve() {
        if (next == io.sendSlots()) {
            flush();
        }
        return (long) next * DatagramIo.SLOT_BYTES;
    }

    @Override
    public void commit(Remote remote, long offset, int length) {
        if (remote.isTcp()) {
            if (tcp != null) {
                tcp.send(remote, slab, offset, length);
            }
            return;
        }
        io.queue(remote, length);
        next++;
    }

    @Override
    public void turnToNext() {
        if (next >= CACHED_SLOTS) {
            flush();
        }
    }

    /// False when half of the slots are taken: another batch would probably force a flush in its middle.
    boolean hasRoom() {
        return next < io.sendSlots() / 2;
    }

    void flush() {
        if (next > 0) {
            next = 0;
            io.flush();
        }
    }
}
