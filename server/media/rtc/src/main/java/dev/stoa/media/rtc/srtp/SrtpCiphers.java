package dev.stoa.media.rtc.srtp;

/// One implementation of the SRTP transforms. Thread-safe; the ciphers it makes are not.
public interface SrtpCiphers {
    /// Name for logs and metrics: `jdk`, `openssl`.
    String name();

    /// Derives the session keys (RFC 3711 §4.3, key derivation rate 0) and binds them.
    ///
    /// @param masterKey of [SrtpProfile#keyBytes()] bytes
    /// @param masterSalt of [SrtpProfile#saltBytes()] bytes
    SrtpCipher create(SrtpProfile profile, byte[] masterKey, byte[] masterSalt);
}
