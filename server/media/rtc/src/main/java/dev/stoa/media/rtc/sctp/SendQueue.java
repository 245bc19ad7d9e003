package dev.stoa.media.rtc.sctp;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Messages not yet cut into chunks, first in first out over all streams (RFC 9260 §6.1, §6.9).
final class SendQueue {
    /// Chunks smaller than this are not cut just to fill a packet.
    private static final int MIN_FRAGMENT_BYTES = 256;

    private static final int FRAGMENT_BYTES =
            PacketWriter.MAX_BYTES - PacketReader.HEADER_BYTES - OutboundChunk.HEADER_BYTES;

    private record Message(int stream, boolean unordered, int ppid, byte[] payload) {}

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final char[] nextSsn = new char[SctpStateMachine.MAX_STREAMS];
    private int sentOfFirst;

    void add(int stream, boolean unordered, int ppid, byte[] payload) {
        messages.add(new Message(stream, unordered, ppid, payload));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    boolean holds(int stream) {
        for (Message message : messages) {
            if (message.stream == stream) {
                return true;
            }
        }
        return false;
    }

    /// Drops what is queued for a stream, except a message already begun. Returns the bytes freed with
    /// `overhead` for each message.
    int drop(int stream, int overhead) {
        int freed = 0;
        boolean begun = sentOfFirst > 0;
        for (Iterator<Message> i = messages.iterator(); i.hasNext(); begun = false) {
            Message message = i.next();
            if (message.stream == stream && !begun) {
                freed += message.payload.length + overhead;
                i.remove();
            }
        }
        return freed;
    }

    /// Sequence numbers of this stream start at zero again (RFC 6525 §5.2.2).
    void restartStream(int stream) {
        nextSsn[stream] = 0;
    }

    /// Payload bytes of the next chunk if it goes into a packet with `room` for a chunk value; 0 when the queue is
    /// empty or it is better to begin another packet.
    int nextLength(int room) {
        Message first = messages.peek();
        if (first == null) {
            return 0;
        }
        int left = first.payload.length - sentOfFirst;
        int most = Math.min(FRAGMENT_BYTES, room - Inbound.DATA_FIELDS_BYTES);
        return left <= most ? left : most < MIN_FRAGMENT_BYTES ? 0 : most;
    }

    /// Cuts the next `length` bytes, as told by [#nextLength].
    @Nullable
    OutboundChunk cut(long tsn, int length) {
        Message first = messages.peek();
        if (first == null) {
            return null;
        }
        boolean ends = sentOfFirst + length == first.payload.length;
        int flags = (first.unordered ? OutboundChunk.UNORDERED : 0)
                | (sentOfFirst == 0 ? OutboundChunk.BEGIN : 0)
                | (ends ? OutboundChunk.END : 0);
        int ssn = first.unordered ? 0 : nextSsn[first.stream];
        OutboundChunk chunk =
                new OutboundChunk(tsn, flags, first.stream, ssn, first.ppid, first.payload, sentOfFirst, length);
        sentOfFirst += length;
        if (ends) {
            messages.remove();
            sentOfFirst = 0;
            if (!first.unordered) {
                nextSsn[first.stream]++;
            }
        }
        return chunk;
    }
}
