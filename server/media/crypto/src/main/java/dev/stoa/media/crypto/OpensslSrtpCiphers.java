package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCiphers;
import java.util.Optional;

/// SRTP by the system's libcrypto 3 through foreign function calls: no allocation per packet. Packets should lie
/// off-heap; those in arrays are copied there and back.
public final class OpensslSrtpCiphers extends SessionCiphers {
    private OpensslSrtpCiphers() {}

    /// Empty when the machine has no usable `libcrypto.so.3`.
    public static Optional<SrtpCiphers> load() {
        return LibCrypto.available() ? Optional.of(loaded()) : Optional.empty();
    }

    /// Only where [LibCrypto#available()].
    static OpensslSrtpCiphers loaded() {
        return new OpensslSrtpCiphers();
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    AeadKey aead(byte[] key) {
        return new OpensslAeadKey(key);
    }

    @Override
    CounterModeKey counterMode(byte[] key, byte[] authKey) {
        return new OpensslCounterModeKey(key, authKey);
    }
}
