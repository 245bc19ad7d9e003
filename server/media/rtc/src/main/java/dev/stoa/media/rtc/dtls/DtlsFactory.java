package dev.stoa.media.rtc.dtls;

/// Makes DTLS endpoints that share one certificate. Thread-safe.
public interface DtlsFactory {
    /// Fingerprint of our certificate, for SDP (RFC 8122 §5).
    Fingerprint localFingerprint();

    /// A new server-side association.
    ///
    /// @param wakeup called from any thread when the endpoint's state changed or has something to poll
    DtlsEndpoint server(Runnable wakeup);
}
