package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCiphers;
import java.util.Optional;

/// SRTP by Intel's multi-buffer library through foreign function calls: the fastest AES-GCM on x86-64, no allocation
/// per packet. Packets should lie off-heap; those in arrays are copied there and back.
///
/// The library gains on AES_CM_128_HMAC_SHA1_80 only when packets are sealed many at a time, so that profile is left
/// to libcrypto, or to the JDK where there is none.
public final class IpsecMbSrtpCiphers extends SessionCiphers {
    private final SessionCiphers others;

    private IpsecMbSrtpCiphers(SessionCiphers others) {
        this.others = others;
    }

    /// Empty when the machine has no usable `libIPSec_MB.so.2` or `.so.1`, or the library fails its self-test.
    public static Optional<SrtpCiphers> load() {
        if (!LibIpsecMb.available() || !IpsecMbBounds.hold()) {
            return Optional.empty();
        }
        SessionCiphers others = LibCrypto.available() ? OpensslSrtpCiphers.loaded() : new JdkSrtpCiphers();
        SrtpCiphers ciphers = new IpsecMbSrtpCiphers(others);
        return Optional.of(ciphers).filter(KnownAnswer::passes);
    }

    @Override
    public String name() {
        return "ipsec-mb";
    }

    @Override
    AeadKey aead(byte[] key) {
        return new IpsecMbAeadKey(key);
    }

    @Override
    CounterModeKey counterMode(byte[] key, byte[] authKey) {
        return others.counterMode(key, authKey);
    }
}
