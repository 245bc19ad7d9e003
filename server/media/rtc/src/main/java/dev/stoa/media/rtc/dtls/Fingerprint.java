package dev.stoa.media.rtc.dtls;

import java.util.Locale;

/// Certificate fingerprint as in SDP (RFC 8122 §5), for example `sha-256` and `AB:CD:…`.
///
/// @param algorithm lower-case hash name
/// @param value upper-case hexadecimal bytes separated by colons
public record Fingerprint(String algorithm, String value) {
    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }
}
