package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Fingerprints of certificates (RFC 8122 §5).
final class CertificateHash {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private CertificateHash() {}

    /// SHA-256 of the DER bytes, what every WebRTC peer understands (RFC 8827 §6.5).
    static Fingerprint sha256(byte[] der) {
        return of("sha-256", der).orElseThrow();
    }

    /// False for another certificate, for an unknown hash and for a text that is no fingerprint.
    static boolean matches(byte[] der, Fingerprint expected) {
        return of(expected.algorithm(), der).filter(expected::equals).isPresent();
    }

    private static Optional<Fingerprint> of(String algorithm, byte[] der) {
        String jcaName = switch (algorithm) {
            case "sha-1" -> "SHA-1";
            case "sha-256" -> "SHA-256";
            case "sha-384" -> "SHA-384";
            case "sha-512" -> "SHA-512";
            default -> "";
        };
        if (jcaName.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] hash = MessageDigest.getInstance(jcaName).digest(der);
            return Optional.of(new Fingerprint(algorithm, COLONS.formatHex(hash)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(jcaName + " is part of every JDK", e);
        }
    }
}
