package dev.stoa.app;

import dev.stoa.app.settings.BadSettingException;
import dev.stoa.app.settings.Settings;
import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.srtp.SrtpCiphers;

/// Finds the SRTP implementation an operator asked for.
public final class CipherSetup {
    private CipherSetup() {}

    /// @throws BadSettingException when this machine does not have it
    public static SrtpCiphers of(Settings.SrtpCipherKind kind) {
        return switch (kind) {
            case AUTO -> SrtpCipherChoice.best();
            case JDK -> new JdkSrtpCiphers();
            case IPSEC_MB ->
                IpsecMbSrtpCiphers.load()
                        .orElseThrow(() -> new BadSettingException(
                                "srtp-cipher: libIPSec_MB (Debian package libipsec-mb1 or libipsec-mb2) was not found"
                                        + " or does not work here"));
            case OPENSSL ->
                OpensslSrtpCiphers.load()
                        .orElseThrow(() -> new BadSettingException("srtp-cipher: libcrypto 3 was not found here"));
        };
    }
}
