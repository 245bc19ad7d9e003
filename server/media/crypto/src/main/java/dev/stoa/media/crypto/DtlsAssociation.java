package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A DTLS association of either role.
///
/// The handshake runs on a virtual thread that starts with the first datagram (a server) or with [#start] (a client)
/// and ends with it. Before, queues connect it to the worker; afterwards the worker owns the record layer, which keeps
/// answering a repeated last flight of the peer (RFC 6347 §4.2.4), and no thread remains.
///
/// The wake-up is called from the handshake's thread only. What a call of the worker makes sendable (an answer to
/// `receive`, `sendData`, `close`) is there when the call returns, so the worker polls after each.
final class DtlsAssociation implements DtlsEndpoint {
    /// Longest application record in either direction.
    static final int MAX_DATA_BYTES = 1200;

    private static final Logger LOG = LoggerFactory.getLogger(DtlsAssociation.class);
    private static final int MAX_WAITING_RECORDS = 64;
    private static final VarHandle STATE = stateHandle();

    private final Handshake handshake;
    private final Semaphore slots;
    private final DtlsCounters counters;
    private final Runnable wakeup;
    private final QueueTransport transport;
    private volatile State state = State.HANDSHAKING;
    private volatile Handshake.@Nullable Result result;

    private @Nullable Thread handshaker;
    private final ArrayDeque<byte[]> records = new ArrayDeque<>(4);
    private byte[] scratch = new byte[0];

    DtlsAssociation(Handshake handshake, Semaphore slots, DtlsCounters counters, Runnable wakeup) {
        this.handshake = handshake;
        this.slots = slots;
        this.counters = counters;
        this.wakeup = wakeup;
        this.transport = new QueueTransport(wakeup);
    }

    /// Begins the handshake; false when too many are under way.
    boolean start() {
        if (handshaker != null) {
            return true;
        }
        if (!slots.tryAcquire()) {
            counters.countRefused();
            return false;
        }
        handshaker = Thread.ofVirtual().name("dtls-handshake").start(this::handshake);
        return true;
    }

    private void handshake() {
        try {
            Handshake.Result done = handshake.run(transport);
            transport.endHandshake();
            result = done;
            if (STATE.compareAndSet(this, State.HANDSHAKING, State.CONNECTED)) {
                counters.countCompleted();
            }
        } catch (IOException | RuntimeException e) {
            counters.countFailed();
            fail(State.HANDSHAKING, e);
        } finally {
            slots.release();
            wakeup.run();
        }
    }

    /// The message of the exception names the alert or the check that failed; addresses are unknown here.
    private void fail(State from, Exception e) {
        if (STATE.compareAndSet(this, from, State.FAILED)) {
            LOG.debug("DTLS failed while {}: {}", from, e.toString());
        }
    }

    @Override
    public void receive(MemorySegment buffer, long offset, int length) {
        switch (state) {
            case HANDSHAKING -> {
                if (start()) {
                    transport.offer(buffer, offset, length);
                }
            }
            case CONNECTED -> {
                transport.offer(buffer, offset, length);
                readRecords();
            }
            case FAILED, CLOSED -> {}
        }
    }

    private void readRecords() {
        Handshake.Result connected = result;
        if (connected == null) {
            return;
        }
        if (scratch.length == 0) {
            scratch = new byte[QueueTransport.RECEIVE_LIMIT];
        }
        try {
            while (!transport.isClosed()) {
                int length = connected.transport().receive(scratch, 0, scratch.length, 1);
                if (length > 0 && records.size() < MAX_WAITING_RECORDS) {
                    records.add(Arrays.copyOf(scratch, length));
                }
            }
        } catch (InterruptedIOException drained) {
            // every datagram has been looked at
        } catch (IOException e) {
            fail(State.CONNECTED, e);
        }
        if (transport.isClosed()) {
            STATE.compareAndSet(this, State.CONNECTED, State.CLOSED);
        }
    }

    @Override
    public int pollDatagram(MemorySegment out, long offset, int capacity) {
        return transport.poll(out, offset, capacity);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public @Nullable SrtpKeys srtpKeys() {
        Handshake.Result connected = connected();
        return connected == null ? null : connected.keys();
    }

    @Override
    public boolean remoteMatches(Fingerprint fingerprint) {
        Handshake.Result connected = connected();
        return connected != null && CertificateHash.matches(connected.remoteCertificate(), fingerprint);
    }

    private Handshake.@Nullable Result connected() {
        return state == State.CONNECTED ? result : null;
    }

    @Override
    public int pollData(MemorySegment out, long offset, int capacity) {
        if (records.isEmpty() && transport.hasInbound() && state == State.CONNECTED) {
            // came in behind the client's last flight, before the worker saw the end of the handshake
            readRecords();
        }
        byte[] record = records.poll();
        while (record != null && record.length > capacity) {
            record = records.poll();
        }
        if (record == null) {
            return 0;
        }
        MemorySegment.copy(record, 0, out, ValueLayout.JAVA_BYTE, offset, record.length);
        return record.length;
    }

    @Override
    public void sendData(MemorySegment data, long offset, int length) {
        if (length > MAX_DATA_BYTES) {
            throw new IllegalArgumentException("A record holds at most " + MAX_DATA_BYTES + " bytes, not " + length);
        }
        Handshake.Result connected = connected();
        if (connected == null || length == 0) {
            return;
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        try {
            connected.transport().send(bytes, 0, length);
        } catch (IOException e) {
            fail(State.CONNECTED, e);
        }
    }

    @Override
    public void close() {
        State before = (State) STATE.getAndSet(this, State.CLOSED);
        Handshake.Result connected = result;
        if (before == State.CONNECTED && connected != null) {
            try {
                connected.transport().close();
            } catch (IOException e) {
                LOG.debug("DTLS failed while closing: {}", e.toString());
            }
        } else if (before == State.HANDSHAKING && handshaker != null) {
            handshaker.interrupt();
        }
        records.clear();
    }

    private static VarHandle stateHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(DtlsAssociation.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
