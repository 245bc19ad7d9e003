package dev.stoa.media.rtc;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.sctp.SctpAssociation;
import java.lang.foreign.MemorySegment;

/// Carries SCTP packets between the association and DTLS (RFC 8261). Single owner thread.
final class DataPath {
    /// Most that SRTP or SRTCP add to a packet: a tag of 16 bytes and the SRTCP index of 4.
    static final int MAX_TAG_BYTES = 20;

    /// RFC 8261 §5 leaves the size to path MTU; 1200 bytes are what browsers use.
    private static final int MAX_SCTP_BYTES = 1200;

    private final DtlsEndpoint dtls;
    private final SctpAssociation sctp;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[DatagramOut.SLOT_BYTES]);

    private boolean up;
    /// We have a channel to open, so we begin the handshake. Without one the peer begins, or has no SCTP at all, and
    /// unanswered handshakes would end the transport.
    private boolean wanted;
    private boolean connecting;
    private boolean pumping;
    private boolean wake;
    private boolean closed;

    DataPath(DtlsEndpoint dtls, SctpFactory factory, PeerTransport.Listener listener) {
        this.dtls = dtls;
        this.sctp = factory.create(new Events(listener));
    }

    /// Moves packets both ways; only while DTLS is up and the peer's fingerprint matched.
    void pump(long nowNs) {
        if (pumping) {
            return;
        }
        up = true;
        wake = false;
        pumping = true;
        try {
            connectIfWanted(nowNs);
            receiveAll(nowNs);
            sendAll(nowNs);
        } finally {
            pumping = false;
        }
    }

    private void connectIfWanted(long nowNs) {
        if (wanted && !connecting && !closed) {
            connecting = true;
            sctp.connect(nowNs);
        }
    }

    private void receiveAll(long nowNs) {
        while (!closed) {
            int length = dtls.pollData(scratch, 0, DatagramOut.SLOT_BYTES);
            if (length <= 0) {
                return;
            }
            sctp.receive(nowNs, scratch, 0, length);
        }
    }

    private void sendAll(long nowNs) {
        while (!closed) {
            int length = sctp.pollPacket(nowNs, scratch, 0, MAX_SCTP_BYTES);
            if (length <= 0) {
                return;
            }
            dtls.sendData(scratch, 0, length);
        }
    }

    void handleTimeout(long nowNs) {
        if (up && !closed) {
            sctp.handleTimeout(nowNs);
        }
    }

    long nextTimeoutNs() {
        if (closed) {
            return Long.MAX_VALUE;
        }
        return wake ? 0 : up ? sctp.nextTimeoutNs() : Long.MAX_VALUE;
    }

    /// Makes the next time-out due at once.
    void wakeSoon() {
        wake = true;
    }

    /// There is nothing to do before DTLS wakes the transport.
    void rest() {
        wake = false;
    }

    int openChannel(String label, String protocol) {
        wanted = true;
        return sctp.openChannel(label, protocol);
    }

    boolean sendText(int streamId, String text) {
        return sctp.sendText(streamId, text);
    }

    /// True when the association ended.
    boolean isClosed() {
        return closed;
    }

    void close() {
        if (!closed) {
            sctp.close();
            closed = true;
        }
    }

    private final class Events implements SctpAssociation.Listener {
        private final PeerTransport.Listener listener;

        Events(PeerTransport.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onChannelOpened(int streamId, String label) {
            listener.onChannelOpened(streamId, label);
        }

        @Override
        public void onChannelClosed(int streamId) {
            listener.onChannelClosed(streamId);
        }

        @Override
        public void onText(int streamId, String text) {
            listener.onText(streamId, text);
        }

        @Override
        public void onClosed(String reason) {
            closed = true;
        }
    }
}
