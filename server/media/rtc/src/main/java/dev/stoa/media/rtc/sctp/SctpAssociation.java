package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;

/// An SCTP association over DTLS (RFC 9260 subset, RFC 8261) with WebRTC data channels (RFC 8831, RFC 8832).
///
/// Passive or active opener, no clock: the owner passes the time and asks for the next wake-up. After every call
/// the owner drains [#pollPacket] and reads [#nextTimeoutNs] again. Single owner thread.
public interface SctpAssociation {
    /// What happened; called inside the method of the association that caused it. A listener may open, send and
    /// close from there; it must not receive, poll or pass time.
    interface Listener {
        /// The peer opened this channel, or acknowledged ours.
        void onChannelOpened(int streamId, String label);

        /// The peer closed this channel or our close is through. Not called for channels ended by [#onClosed].
        void onChannelClosed(int streamId);

        void onText(int streamId, String text);

        /// The association is gone (abort, shutdown or retransmissions exhausted). Called once.
        void onClosed(String reason);
    }

    /// Begins the handshake from our side (INIT). Optional: an association that is not told to connect answers
    /// the peer's INIT. Both sides may connect at the same time (RFC 9260 §5.2.1).
    void connect(long nowNs);

    /// Takes one SCTP packet (payload of a DTLS record). Bad packets are dropped and counted.
    void receive(long nowNs, MemorySegment packet, long offset, int length);

    /// Writes the next SCTP packet to send (at most 1200 bytes); returns its length, 0 when there is none.
    ///
    /// @param capacity bytes writable at `offset`, at least 1200
    int pollPacket(long nowNs, MemorySegment out, long offset, int capacity);

    void handleTimeout(long nowNs);

    /// Long.MAX_VALUE when there is no timer.
    long nextTimeoutNs();

    /// Opens an ordered reliable channel (DATA_CHANNEL_OPEN goes out when the association is up).
    /// We are always the DTLS server, so our stream ids are odd (RFC 8832 §6). Returns the stream id, -1 when
    /// all are taken, label or protocol is longer than 256 bytes of UTF-8, or the association is closed.
    int openChannel(String label, String protocol);

    /// Sends what is queued on the channel, then resets its stream (RFC 8831 §6.7). Nothing happens when the
    /// channel does not exist.
    void closeChannel(int streamId);

    /// Queues a text message of at most 64 kB of UTF-8. False when the channel does not exist, the message is
    /// too long or the send buffer is full.
    boolean sendText(int streamId, String text);

    /// Ends the association after what is queued is delivered (SHUTDOWN, RFC 9260 §9.2); at once when it was not up.
    void close();
}
