package dev.stoa.media.rtc.sctp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Channels over streams: opening, text, closing (RFC 8831, RFC 8832).
///
/// A channel the peer opened as partially reliable is served reliably by us: stricter than asked, never wrong.
final class DataChannels implements Reassembly.Sink, StreamResets.Listener {
    static final int MAX_LABEL_BYTES = 256;
    static final int MAX_SENT_BYTES = 64 * 1024;

    private static final int PPID_DCEP = 50;
    private static final int PPID_STRING = 51;
    private static final int PPID_BINARY_PARTIAL = 52;
    private static final int PPID_BINARY = 53;
    private static final int PPID_STRING_EMPTY = 56;
    private static final int PPID_BINARY_EMPTY = 57;

    private static final int DCEP_ACK = 2;
    private static final int DCEP_OPEN = 3;
    private static final int DCEP_OPEN_BYTES = 12;
    private static final int UNORDERED = 0x80;

    private static final class Channel {
        final String label;
        final boolean unordered;
        boolean open;
        boolean closing;
        boolean reported;
        boolean ownReset;
        boolean peerReset;

        Channel(String label, boolean unordered, boolean open) {
            this.label = label;
            this.unordered = unordered;
            this.open = open;
        }
    }

    private final SctpAssociation.Listener listener;
    private final SctpCounters counters;
    private final Outbound outbound;
    private final int firstStream;
    private int nextStream;
    private final StreamResets resets = new StreamResets(this);
    private @Nullable Channel[] channels = new Channel[4];
    private int streamLimit = SctpStateMachine.MAX_STREAMS;
    private boolean peerResets = true;

    /// @param firstStream parity of the ids we choose: 1 for the DTLS server, 0 for the client (RFC 8832 §6)
    DataChannels(SctpAssociation.Listener listener, SctpCounters counters, Outbound outbound, int firstStream) {
        this.listener = listener;
        this.counters = counters;
        this.outbound = outbound;
        this.firstStream = firstStream;
        nextStream = firstStream;
    }

    StreamResets resets() {
        return resets;
    }

    /// The peer's limits are known; channels beyond them cannot be.
    void start(int peerStreams, boolean peerSupportsResets) {
        streamLimit = Math.min(streamLimit, peerStreams);
        peerResets = peerSupportsResets;
        for (int stream = streamLimit; stream < channels.length; stream++) {
            Channel channel = channels[stream];
            if (channel != null) {
                outbound.dropQueued(stream);
                channels[stream] = null;
                report(stream, channel);
            }
        }
    }

    /// The stream id, -1 when it cannot be opened.
    int open(String label, String protocol) {
        byte[] message = openMessage(label, protocol);
        if (message.length == 0) {
            return -1;
        }
        int stream = freeStream();
        if (stream < 0 || !outbound.add(stream, false, PPID_DCEP, message)) {
            return -1;
        }
        put(stream, new Channel(label, false, false));
        nextStream = stream + 2;
        return stream;
    }

    /// Goes round all ids before one is used again: our answer to the peer's last reset of the stream may be lost, and
    /// until it comes the peer cannot send on that stream (usrsctp then refuses its own acknowledgement).
    private int freeStream() {
        for (int stream = nextStream; stream < streamLimit; stream += 2) {
            if (at(stream) == null) {
                return stream;
            }
        }
        for (int stream = firstStream; stream < Math.min(nextStream, streamLimit); stream += 2) {
            if (at(stream) == null) {
                return stream;
            }
        }
        return -1;
    }

    boolean sendText(int stream, String text) {
        Channel channel = at(stream);
        if (channel == null || channel.closing || text.length() > MAX_SENT_BYTES) {
            return false;
        }
        if (text.isEmpty()) {
            return outbound.add(stream, channel.unordered, PPID_STRING_EMPTY, new byte[1]);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_SENT_BYTES && outbound.add(stream, channel.unordered, PPID_STRING, bytes);
    }

    void close(int stream) {
        Channel channel = at(stream);
        if (channel != null && !channel.closing) {
            channel.closing = true;
            resets.request(stream);
        }
    }

    @Override
    public void onMessage(int stream, int ppid, byte[] bytes, int offset, int length) {
        if (ppid == PPID_DCEP) {
            control(stream, bytes, offset, length);
            return;
        }
        Channel channel = at(stream);
        if (channel == null || channel.closing) {
            counters.droppedMessages++;
            return;
        }
        switch (ppid) {
            case PPID_STRING -> listener.onText(stream, new String(bytes, offset, length, StandardCharsets.UTF_8));
            case PPID_STRING_EMPTY -> listener.onText(stream, "");
            case PPID_BINARY, PPID_BINARY_EMPTY, PPID_BINARY_PARTIAL -> counters.binaryMessages++;
            default -> counters.droppedMessages++;
        }
    }

    @Override
    public void peerReset(int stream) {
        Channel channel = at(stream);
        if (channel == null) {
            return;
        }
        channel.peerReset = true;
        if (!channel.closing) {
            channel.closing = true;
            outbound.dropQueued(stream);
            resets.request(stream);
            report(stream, channel);
        }
        freeWhenBothReset(stream, channel);
    }

    @Override
    public void ownResetDone(int stream) {
        outbound.restartStream(stream);
        Channel channel = at(stream);
        if (channel != null) {
            channel.ownReset = true;
            channel.peerReset |= !peerResets;
            freeWhenBothReset(stream, channel);
        }
    }

    /// The id may be used again only when no old data can come in either direction.
    private void freeWhenBothReset(int stream, Channel channel) {
        if (channel.ownReset && channel.peerReset) {
            channels[stream] = null;
            report(stream, channel);
        }
    }

    private void report(int stream, Channel channel) {
        if (!channel.reported) {
            channel.reported = true;
            listener.onChannelClosed(stream);
        }
    }

    private void control(int stream, byte[] bytes, int offset, int length) {
        int type = length > 0 ? Bytes.u8(bytes, offset) : 0;
        if (type == DCEP_ACK) {
            acknowledged(stream);
        } else if (type == DCEP_OPEN) {
            peerOpens(stream, bytes, offset, length);
        } else {
            counters.droppedMessages++;
        }
    }

    private void acknowledged(int stream) {
        Channel channel = at(stream);
        if (channel == null || channel.open || channel.closing) {
            return;
        }
        channel.open = true;
        listener.onChannelOpened(stream, channel.label);
    }

    private void peerOpens(int stream, byte[] bytes, int offset, int length) {
        int labelBytes = length < DCEP_OPEN_BYTES ? 0 : Bytes.u16(bytes, offset + 8);
        int protocolBytes = length < DCEP_OPEN_BYTES ? 0 : Bytes.u16(bytes, offset + 10);
        if (at(stream) != null || stream >= SctpStateMachine.MAX_STREAMS) {
            counters.droppedMessages++;
            return;
        }
        if (length < DCEP_OPEN_BYTES
                || labelBytes > MAX_LABEL_BYTES
                || protocolBytes > MAX_LABEL_BYTES
                || labelBytes + protocolBytes > length - DCEP_OPEN_BYTES
                || stream >= streamLimit) {
            counters.droppedMessages++;
            resets.request(stream);
            return;
        }
        String label = new String(bytes, offset + DCEP_OPEN_BYTES, labelBytes, StandardCharsets.UTF_8);
        boolean unordered = (Bytes.u8(bytes, offset + 1) & UNORDERED) != 0;
        put(stream, new Channel(label, unordered, true));
        if (!outbound.add(stream, false, PPID_DCEP, new byte[] {DCEP_ACK})) {
            counters.droppedMessages++;
        }
        listener.onChannelOpened(stream, label);
    }

    /// DATA_CHANNEL_OPEN, ordered and reliable (RFC 8832 §5.1); empty when a string is too long.
    ///
    /// ```
    ///  0      1      2          4             8         10          12
    ///  | 0x03 | type | priority | reliability | label n | protocol n | label … protocol …
    /// ```
    private static byte[] openMessage(String label, String protocol) {
        byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
        byte[] protocolBytes = protocol.getBytes(StandardCharsets.UTF_8);
        if (labelBytes.length > MAX_LABEL_BYTES || protocolBytes.length > MAX_LABEL_BYTES) {
            return new byte[0];
        }
        byte[] message = new byte[DCEP_OPEN_BYTES + labelBytes.length + protocolBytes.length];
        message[0] = DCEP_OPEN;
        Bytes.put16(message, 8, labelBytes.length);
        Bytes.put16(message, 10, protocolBytes.length);
        System.arraycopy(labelBytes, 0, message, DCEP_OPEN_BYTES, labelBytes.length);
        System.arraycopy(protocolBytes, 0, message, DCEP_OPEN_BYTES + labelBytes.length, protocolBytes.length);
        return message;
    }

    private @Nullable Channel at(int stream) {
        return stream >= 0 && stream < channels.length ? channels[stream] : null;
    }

    private void put(int stream, Channel channel) {
        if (stream >= channels.length) {
            channels = Arrays.copyOf(channels, Math.max(stream + 1, 2 * channels.length));
        }
        channels[stream] = channel;
    }
}
