package dev.stoa.media.rtc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A DTLS endpoint in clear text: a datagram starting with 22 is answered by one starting with 22, one starting with 23
/// carries application data. The test says when the handshake is over.
final class FakeDtls implements DtlsEndpoint {
    static final int HANDSHAKE = 22;
    static final int APPLICATION = 23;

    private final Deque<byte[]> outgoing = new ArrayDeque<>();
    private final Deque<byte[]> data = new ArrayDeque<>();
    private final Fingerprint peer;
    private State state = State.HANDSHAKING;
    private @Nullable SrtpKeys keys;

    FakeDtls(Fingerprint peer) {
        this.peer = peer;
    }

    void connect(SrtpKeys negotiated) {
        keys = negotiated;
        state = State.CONNECTED;
    }

    void become(State next) {
        state = next;
    }

    @Override
    public void receive(MemorySegment buffer, long offset, int length) {
        byte[] bytes = buffer.asSlice(offset, length).toArray(JAVA_BYTE);
        if (bytes[0] == APPLICATION && state == State.CONNECTED) {
            data.add(java.util.Arrays.copyOfRange(bytes, 1, length));
        } else if (bytes[0] == HANDSHAKE) {
            outgoing.add(new byte[] {HANDSHAKE, (byte) length});
        }
    }

    @Override
    public int pollDatagram(MemorySegment out, long offset, int capacity) {
        return poll(outgoing, out, offset);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public @Nullable SrtpKeys srtpKeys() {
        return keys;
    }

    @Override
    public boolean remoteMatches(Fingerprint fingerprint) {
        return fingerprint.equals(peer);
    }

    @Override
    public int pollData(MemorySegment out, long offset, int capacity) {
        return poll(data, out, offset);
    }

    @Override
    public void sendData(MemorySegment bytes, long offset, int length) {
        byte[] record = new byte[length + 1];
        record[0] = APPLICATION;
        MemorySegment.copy(bytes, offset, MemorySegment.ofArray(record), 1, length);
        outgoing.add(record);
    }

    @Override
    public void close() {
        if (state == State.CONNECTED) {
            outgoing.add(new byte[] {21, 0});
        }
        state = State.CLOSED;
    }

    private static int poll(Deque<byte[]> queue, MemorySegment out, long offset) {
        byte[] next = queue.poll();
        if (next == null) {
            return 0;
        }
        MemorySegment.copy(MemorySegment.ofArray(next), 0, out, offset, next.length);
        return next.length;
    }
}
