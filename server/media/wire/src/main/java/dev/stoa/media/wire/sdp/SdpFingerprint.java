package dev.stoa.media.wire.sdp;

import java.util.Locale;

/// `a=fingerprint` (RFC 8122 §5): lower-case hash name, upper-case bytes separated by colons.
public record SdpFingerprint(String algorithm, String value) {
    public SdpFingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }
}
