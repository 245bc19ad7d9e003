package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/// One side of a DTLS handshake.
interface Handshake {
    /// Blocks until the handshake has ended.
    Result run(DatagramTransport transport) throws IOException;

    /// @param transport the record layer, for application data
    /// @param keys what RFC 5764 §4.2 exports
    /// @param remoteCertificate DER of the peer's own certificate
    @SuppressWarnings("ArrayRecordComponent")
    record Result(DTLSTransport transport, SrtpKeys keys, byte[] remoteCertificate) {}
}
