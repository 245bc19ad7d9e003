package dev.stoa.media.rtc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.stoa.media.rtc.sctp.SctpAssociation;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// An association whose packets are texts: `open LABEL`, `bye`, anything else is a message on stream 1.
final class FakeSctp implements SctpAssociation {
    private final Listener listener;
    private final Deque<String> outgoing = new ArrayDeque<>();
    long timeoutNs = Long.MAX_VALUE;
    boolean connecting;
    boolean closed;

    FakeSctp(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void connect(long nowNs) {
        connecting = true;
    }

    @Override
    public void receive(long nowNs, MemorySegment packet, long offset, int length) {
        String text = new String(packet.asSlice(offset, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        if (text.equals("bye")) {
            listener.onClosed("abort");
        } else if (text.startsWith("open ")) {
            listener.onChannelOpened(1, text.substring(5));
        } else {
            listener.onText(1, text);
        }
    }

    @Override
    public int pollPacket(long nowNs, MemorySegment out, long offset, int capacity) {
        String next = outgoing.poll();
        if (next == null) {
            return 0;
        }
        byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, out, offset, bytes.length);
        return bytes.length;
    }

    @Override
    public void handleTimeout(long nowNs) {
        if (nowNs >= timeoutNs) {
            timeoutNs = Long.MAX_VALUE;
            outgoing.add("again");
        }
    }

    @Override
    public long nextTimeoutNs() {
        return timeoutNs;
    }

    @Override
    public int openChannel(String label, String protocol) {
        outgoing.add("open " + label);
        return 1;
    }

    @Override
    public void closeChannel(int streamId) {
        listener.onChannelClosed(streamId);
    }

    @Override
    public boolean sendText(int streamId, String text) {
        outgoing.add(text);
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
