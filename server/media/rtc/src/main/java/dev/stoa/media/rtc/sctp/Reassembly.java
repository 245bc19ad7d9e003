package dev.stoa.media.rtc.sctp;

import java.util.Arrays;

/// Puts the fragments of one message together (RFC 9260 §6.9).
///
/// Fragments of a message have consecutive TSNs and come here in TSN order, so one message is under way at a time.
final class Reassembly {
    /// What our answers promise as `a=max-message-size` (RFC 8841 §6).
    static final int MAX_MESSAGE_BYTES = 256 * 1024;

    /// Kept between messages; a larger buffer is given back so that an idle peer stays small.
    private static final int KEPT_BYTES = 4096;

    private static final int BEGIN = 2;
    private static final int END = 1;
    private static final byte[] NONE = {};

    /// Takes whole messages.
    interface Sink {
        void onMessage(int stream, int ppid, byte[] bytes, int offset, int length);
    }

    private final Sink sink;
    private final SctpCounters counters;
    private byte[] buffer = NONE;
    private int length;
    private int stream;
    private int ppid;
    private boolean underway;
    private boolean oversize;

    Reassembly(Sink sink, SctpCounters counters) {
        this.sink = sink;
        this.counters = counters;
    }

    void fragment(int flags, int fragmentStream, int fragmentPpid, byte[] bytes, int offset, int size) {
        boolean begins = (flags & BEGIN) != 0;
        boolean ends = (flags & END) != 0;
        if (begins && ends) {
            abandon();
            sink.onMessage(fragmentStream, fragmentPpid, bytes, offset, size);
            return;
        }
        if (begins) {
            abandon();
            underway = true;
            stream = fragmentStream;
            ppid = fragmentPpid;
        } else if (!underway || fragmentStream != stream) {
            // The rest of a message whose beginning was skipped by FORWARD TSN, or never existed.
            counters.droppedMessages += ends ? 1 : 0;
            return;
        }
        append(bytes, offset, size);
        if (ends) {
            deliver();
        }
    }

    /// Forgets the message under way: the peer gave up the rest of it (RFC 3758 §3.6).
    void abandon() {
        if (underway) {
            counters.droppedMessages++;
            reset();
        }
    }

    /// Bytes held for the message under way.
    int heldBytes() {
        return length;
    }

    private void append(byte[] bytes, int offset, int size) {
        if (oversize || size > MAX_MESSAGE_BYTES - length) {
            oversize = true;
            length = 0;
            buffer = NONE;
            return;
        }
        if (size > buffer.length - length) {
            int larger = Math.max(KEPT_BYTES, Math.min(MAX_MESSAGE_BYTES, 2 * (length + size)));
            buffer = Arrays.copyOf(buffer, larger);
        }
        System.arraycopy(bytes, offset, buffer, length, size);
        length += size;
    }

    private void deliver() {
        if (oversize) {
            counters.droppedMessages++;
        } else {
            sink.onMessage(stream, ppid, buffer, 0, length);
        }
        reset();
    }

    private void reset() {
        underway = false;
        oversize = false;
        length = 0;
        if (buffer.length > KEPT_BYTES) {
            buffer = NONE;
        }
    }
}
