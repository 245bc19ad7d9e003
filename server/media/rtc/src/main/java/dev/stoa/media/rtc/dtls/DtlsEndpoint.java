package dev.stoa.media.rtc.dtls;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The server side of one DTLS association (RFC 6347) that carries SRTP keys (RFC 5764) and, as
/// application data, SCTP packets (RFC 8261).
///
/// The worker that owns the transport calls every method; an implementation may do the handshake on a
/// thread of its own and then says through the wake-up given to [DtlsFactory#server] that there is something
/// to poll. No method blocks or throws on hostile input: a failed handshake ends in [State#FAILED].
public interface DtlsEndpoint {
    enum State {
        HANDSHAKING,
        CONNECTED,
        FAILED,
        CLOSED
    }

    /// Takes one datagram whose first byte is in 20..63 (RFC 7983). Copies what it keeps.
    void receive(MemorySegment buffer, long offset, int length);

    /// Writes the next record to send; returns its length, 0 when there is none.
    int pollDatagram(MemorySegment out, long offset, int capacity);

    State state();

    /// The negotiated keys; null unless [State#CONNECTED].
    @Nullable
    SrtpKeys srtpKeys();

    /// True when the client's certificate has this fingerprint. Only meaningful when connected.
    boolean remoteMatches(Fingerprint fingerprint);

    /// Writes the next received application record; returns its length, 0 when there is none.
    int pollData(MemorySegment out, long offset, int capacity);

    /// Sends application data as one record (at most 1200 bytes); dropped unless connected.
    void sendData(MemorySegment data, long offset, int length);

    /// Sends close_notify if connected and frees everything.
    void close();
}
