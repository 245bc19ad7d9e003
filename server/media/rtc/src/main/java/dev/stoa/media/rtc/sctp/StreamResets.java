package dev.stoa.media.rtc.sctp;

import java.util.Arrays;
import java.util.BitSet;

/// Closes channels by restarting their streams (RFC 6525 §5, RFC 8831 §6.7).
///
/// One request of ours is under way at a time. Requests to add streams or to restart ours are denied.
final class StreamResets {
    /// What the resets did.
    interface Listener {
        void peerReset(int stream);

        void ownResetDone(int stream);
    }

    private static final int OUTGOING_RESET = 13;
    private static final int RESPONSE = 16;
    private static final int LAST_REQUEST = 18;

    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int WRONG_STREAM = 3;
    private static final int BAD_SEQUENCE = 5;
    private static final int IN_PROGRESS = 6;

    private static final int MAX_STREAMS_PER_REQUEST = 32;
    private static final int MAX_RESPONSES = 2;
    private static final int[] NONE = {};

    private final Listener listener;
    private final BitSet wanted = new BitSet();
    private final int[] responseTo = new int[MAX_RESPONSES];
    private final int[] responseResult = new int[MAX_RESPONSES];
    private int responses;
    private int[] underway = NONE;
    private long underwayLastTsn;
    private boolean sendsRequest;
    private int nextRequest;
    private int expectedRequest;
    private int lastResult;
    private boolean supported = true;
    private long timerNs = Long.MAX_VALUE;

    StreamResets(Listener listener) {
        this.listener = listener;
    }

    /// @param peerSupports false when the peer did not list RE-CONFIG; then streams are closed on our side only
    void start(int localInitialTsn, int peerInitialTsn, boolean peerSupports) {
        nextRequest = localInitialTsn;
        expectedRequest = peerInitialTsn;
        lastResult = BAD_SEQUENCE;
        supported = peerSupports;
    }

    /// Resets our side of the stream as soon as all its data is acknowledged.
    void request(int stream) {
        wanted.set(stream);
    }

    long timerNs() {
        return timerNs;
    }

    void timeout(long nowNs, Rto rto) {
        rto.backOff();
        sendsRequest = underway.length > 0;
        timerNs = sendsRequest ? nowNs + rto.ns() : Long.MAX_VALUE;
    }

    /// Forms the next request when streams wait and are drained; true when [#write] has something to say.
    boolean prepare(Outbound outbound) {
        if (underway.length == 0 && !wanted.isEmpty()) {
            collect(outbound);
        }
        return sendsRequest || responses > 0;
    }

    void write(long nowNs, PacketWriter out, Rto rto) {
        out.beginChunk(ChunkType.RE_CONFIG, 0);
        // Two parameters are the most a chunk may carry (RFC 6525 §3.1); a request goes with one response at most.
        int most = sendsRequest ? 1 : MAX_RESPONSES;
        int written = Math.min(most, responses);
        if (sendsRequest) {
            writeRequest(out);
            sendsRequest = false;
            timerNs = nowNs + rto.ns();
        }
        for (int i = 0; i < written; i++) {
            out.u16(RESPONSE);
            out.u16(12);
            out.u32(responseTo[i]);
            out.u32(responseResult[i]);
        }
        responses -= written;
        System.arraycopy(responseTo, written, responseTo, 0, responses);
        System.arraycopy(responseResult, written, responseResult, 0, responses);
        out.endChunk();
    }

    /// Takes the RE-CONFIG chunk the reader stands on; false when it is broken.
    boolean read(PacketReader packet, long peerCumulative) {
        byte[] bytes = packet.bytes();
        int end = packet.value() + packet.valueLength();
        for (int at = packet.value(); end - at >= 4; ) {
            int type = Bytes.u16(bytes, at);
            int size = Bytes.u16(bytes, at + 2);
            if (size < 8 || size > end - at) {
                return false;
            }
            if (type == RESPONSE && size >= 12) {
                response(Bytes.i32(bytes, at + 4), Bytes.i32(bytes, at + 8));
            } else if (type == OUTGOING_RESET && size >= 16) {
                int request = Bytes.i32(bytes, at + 4);
                answer(request, isDue(request) ? peerReset(bytes, at, size, peerCumulative) : lastResult);
            } else if (type > OUTGOING_RESET && type <= LAST_REQUEST && type != RESPONSE) {
                answer(Bytes.i32(bytes, at + 4), DENIED);
            }
            at += Bytes.padded(size);
        }
        return true;
    }

    private void collect(Outbound outbound) {
        int[] ready = new int[MAX_STREAMS_PER_REQUEST];
        int count = 0;
        for (int stream = wanted.nextSetBit(0); stream >= 0; stream = wanted.nextSetBit(stream + 1)) {
            if (count < ready.length && !outbound.holds(stream)) {
                ready[count++] = stream;
                wanted.clear(stream);
            }
        }
        if (count == 0) {
            return;
        }
        underway = Arrays.copyOf(ready, count);
        underwayLastTsn = outbound.lastAssignedTsn();
        if (supported) {
            sendsRequest = true;
        } else {
            done();
        }
    }

    private void writeRequest(PacketWriter out) {
        out.u16(OUTGOING_RESET);
        out.u16(16 + 2 * underway.length);
        out.u32(nextRequest);
        out.u32(expectedRequest - 1);
        out.u32((int) underwayLastTsn);
        for (int stream : underway) {
            out.u16(stream);
        }
        if (underway.length % 2 != 0 && responses > 0) {
            out.u16(0);
        }
    }

    /// True when the request is to be carried out now: the next one, or the last one that had to wait for data.
    private boolean isDue(int request) {
        return request == expectedRequest || (request == expectedRequest - 1 && lastResult == IN_PROGRESS);
    }

    private void answer(int request, int result) {
        int given = result;
        if (request == expectedRequest) {
            expectedRequest++;
            lastResult = result;
        } else if (request == expectedRequest - 1) {
            lastResult = result;
        } else {
            given = BAD_SEQUENCE;
        }
        if (responses < MAX_RESPONSES) {
            responseTo[responses] = request;
            responseResult[responses] = given;
            responses++;
        }
    }

    private int peerReset(byte[] bytes, int at, int size, long peerCumulative) {
        // Data sent before the reset must be delivered first (RFC 6525 §5.2.2); the peer asks again.
        if (Tsn.widen(Bytes.i32(bytes, at + 12), peerCumulative) > peerCumulative) {
            return IN_PROGRESS;
        }
        for (int i = at + 16; i + 2 <= at + size; i += 2) {
            if (Bytes.u16(bytes, i) >= SctpStateMachine.MAX_STREAMS) {
                return WRONG_STREAM;
            }
        }
        if (size == 16) {
            for (int stream = 0; stream < SctpStateMachine.MAX_STREAMS; stream++) {
                listener.peerReset(stream);
            }
        }
        for (int i = at + 16; i + 2 <= at + size; i += 2) {
            listener.peerReset(Bytes.u16(bytes, i));
        }
        return PERFORMED;
    }

    private void response(int request, int result) {
        if (underway.length == 0 || request != nextRequest || result == IN_PROGRESS) {
            return;
        }
        nextRequest++;
        done();
    }

    private void done() {
        int[] streams = underway;
        underway = NONE;
        sendsRequest = false;
        timerNs = Long.MAX_VALUE;
        for (int stream : streams) {
            listener.ownResetDone(stream);
        }
    }
}
