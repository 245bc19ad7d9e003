package dev.stoa.media.crypto;

import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/// Datagrams between a worker and Bouncy Castle, through two bounded queues. What does not fit is dropped, as a
/// network would; DTLS repeats its flights.
///
/// During the handshake `receive` waits on the handshake's thread. Afterwards the worker calls it, and an empty
/// queue is reported by [WouldBlock]: the only answer that makes the record layer return at once, since it reads a wait
/// of 0 as "for ever" and a timeout as a reason to ask again until its own clock has moved by a millisecond.
final class QueueTransport implements DatagramTransport {
    /// Nothing longer comes in: a slot of the worker.
    static final int RECEIVE_LIMIT = 2048;

    /// Handshake messages are cut so that datagrams stay within this; below every MTU that carries WebRTC.
    static final int SEND_LIMIT = 1200;

    private static final int INBOUND_DATAGRAMS = 64;
    private static final int OUTBOUND_DATAGRAMS = 256;

    private final LinkedBlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>(INBOUND_DATAGRAMS);
    private final LinkedBlockingQueue<byte[]> outbound = new LinkedBlockingQueue<>(OUTBOUND_DATAGRAMS);
    private final Runnable wakeup;
    private volatile boolean waits = true;
    private volatile boolean closed;

    /// @param wakeup called when the handshake's thread has queued a datagram
    QueueTransport(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /// Worker: hands in a received datagram.
    void offer(MemorySegment buffer, long offset, int length) {
        byte[] datagram = new byte[length];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, datagram, 0, length);
        inbound.offer(datagram);
    }

    /// Worker: takes a datagram to send; 0 when there is none.
    int poll(MemorySegment out, long offset, int capacity) {
        byte[] datagram = outbound.poll();
        while (datagram != null && datagram.length > capacity) {
            datagram = outbound.poll();
        }
        if (datagram == null) {
            return 0;
        }
        MemorySegment.copy(datagram, 0, out, ValueLayout.JAVA_BYTE, offset, datagram.length);
        return datagram.length;
    }

    boolean hasInbound() {
        return !inbound.isEmpty();
    }

    /// From now on `receive` and `send` belong to the worker.
    void endHandshake() {
        waits = false;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws InterruptedIOException, TlsFatalAlert {
        byte[] datagram = inbound.poll();
        if (datagram == null) {
            if (!waits) {
                throw WouldBlock.INSTANCE;
            }
            datagram = await(waitMillis);
            if (datagram == null) {
                return -1;
            }
        }
        int length = Math.min(datagram.length, len);
        System.arraycopy(datagram, 0, buf, off, length);
        return length;
    }

    private byte @Nullable [] await(int waitMillis) throws TlsFatalAlert {
        try {
            return inbound.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new TlsFatalAlert(AlertDescription.user_canceled, e);
        }
    }

    @Override
    public void send(byte[] buf, int off, int len) {
        outbound.offer(Arrays.copyOfRange(buf, off, off + len));
        if (waits) {
            wakeup.run();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /// Nothing to read now. An `InterruptedIOException` because the record layer passes only those on unharmed.
    static final class WouldBlock extends InterruptedIOException {
        static final WouldBlock INSTANCE = new WouldBlock();

        private WouldBlock() {
            super("no datagram");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
