package dev.stoa.media.crypto;

import java.time.Duration;

/// @param handshakeTimeout a handshake that takes longer fails
/// @param firstResend wait before our flight is sent again, doubled each time. RFC 6347 §4.2.4.1 suggests a second
///     and allows less for real-time use; browsers start at 50 ms. Lower: faster joins under loss, more duplicates
/// @param maxHandshakes handshakes under way at once; the first datagram of one more is dropped, and the client's
///     retransmission tries again
public record DtlsSettings(Duration handshakeTimeout, Duration firstResend, int maxHandshakes) {
    public DtlsSettings {
        if (!handshakeTimeout.isPositive() || !firstResend.isPositive() || maxHandshakes < 1) {
            throw new IllegalArgumentException("DTLS settings must be positive");
        }
    }

    /// 30 s, 200 ms, 256 handshakes.
    public static DtlsSettings defaults() {
        return new DtlsSettings(Duration.ofSeconds(30), Duration.ofMillis(200), 256);
    }

    int handshakeTimeoutMillis() {
        return Math.toIntExact(handshakeTimeout.toMillis());
    }

    int firstResendMillis() {
        return Math.toIntExact(firstResend.toMillis());
    }
}
