package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;

/// An SCTP association over DTLS (RFC 9260 subset, RFC 8261) with WebRTC data channels (RFC 8831, RFC 8832).
///
/// Passive or active opener, no clock: the owner passes the time and asks for the next wake-up. Single owner thread.
public interface SctpAssociation {
    /// What happened; called inside the method of the association that caused it.
    interface Listener {
        void onChannelOpened(int streamId, String label);

        void onChannelClosed(int streamId);

        void onText(int streamId, String text);

        /// The association is gone (abort, shutdown or retransmissions exhausted).
        void onClosed(String reason);
    }

    /// Takes one SCTP packet (payload of a DTLS record). Bad packets are dropped and counted.
    void receive(long nowNs, MemorySegment packet, long offset, int length);

    /// Writes the next SCTP packet to send (at most 1200 bytes); returns its length, 0 when there is none.
    int pollPacket(long nowNs, MemorySegment out, long offset, int capacity);

    void handleTimeout(long nowNs);

    /// Long.MAX_VALUE when there is no timer.
    long nextTimeoutNs();

    /// Opens an ordered reliable channel (DATA_CHANNEL_OPEN goes out when the association is up).
    /// We are always the DTLS server, so our stream ids are odd (RFC 8832 §6). Returns the stream id.
    int openChannel(String label, String protocol);

    /// Queues a text message. False when the channel does not exist or the send buffer is full.
    boolean sendText(int streamId, String text);

    void close();
}
