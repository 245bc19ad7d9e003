package dev.stoa.media.io.tcp;

import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;

/// One accepted connection. The TCP thread reads and writes; media workers only call [#enqueue].
final class TcpConnection {
    /// About half a second of video: what TCP cannot deliver by then is too late anyway.
    private static final int MAX_QUEUED_FRAMES = 512;

    final SocketChannel channel;
    final Remote remote;
    final FrameReader reader = new FrameReader();
    private final MpscArrayQueue<ByteBuffer> outgoing = new MpscArrayQueue<>(MAX_QUEUED_FRAMES);
    private final AtomicBoolean dirty = new AtomicBoolean();
    private @Nullable ByteBuffer writing;
    long lastFrameNs;

    TcpConnection(SocketChannel channel, Remote remote, long nowNs) {
        this.channel = channel;
        this.remote = remote;
        this.lastFrameNs = nowNs;
    }

    /// False when the queue is full.
    boolean enqueue(MemorySegment segment, long offset, int length) {
        ByteBuffer frame = ByteBuffer.allocate(2 + length);
        frame.putShort((short) length);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, frame.array(), 2, length);
        frame.position(0);
        return outgoing.offer(frame);
    }

    /// True for the first caller since [#markClean]: then the TCP thread has to be told.
    boolean markDirty() {
        return dirty.compareAndSet(false, true);
    }

    /// Before writing: what is queued from now on is told of again.
    void markClean() {
        dirty.set(false);
    }

    /// Writes what the socket takes; true when everything is out.
    boolean write() throws IOException {
        while (true) {
            ByteBuffer current = writing == null ? outgoing.poll() : writing;
            if (current == null) {
                return true;
            }
            channel.write(current);
            writing = current.hasRemaining() ? current : null;
            if (writing != null) {
                return false;
            }
        }
    }
}
