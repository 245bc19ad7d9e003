package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCiphers;
import java.util.Optional;

/// Picks the SRTP provider of this machine.
public final class SrtpCipherChoice {
    private SrtpCipherChoice() {}

    /// The fastest provider that loads and passes a known-answer test; [SrtpCiphers#name()] tells which.
    public static SrtpCiphers best() {
        return best(IpsecMbSrtpCiphers.load(), OpensslSrtpCiphers.load());
    }

    static SrtpCiphers best(Optional<SrtpCiphers> ipsecMb, Optional<SrtpCiphers> openssl) {
        return ipsecMb.filter(KnownAnswer::passes)
                .or(() -> openssl.filter(KnownAnswer::passes))
                .orElseGet(JdkSrtpCiphers::new);
    }
}
