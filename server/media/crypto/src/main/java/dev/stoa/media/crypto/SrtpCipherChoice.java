package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCiphers;

/// Picks the SRTP provider of this machine.
public final class SrtpCipherChoice {
    private SrtpCipherChoice() {}

    /// The fastest provider that loads and passes a known-answer test; [SrtpCiphers#name()] tells which.
    public static SrtpCiphers best() {
        return OpensslSrtpCiphers.load().filter(KnownAnswer::passes).orElseGet(JdkSrtpCiphers::new);
    }
}
