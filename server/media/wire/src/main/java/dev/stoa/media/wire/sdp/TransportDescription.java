package dev.stoa.media.wire.sdp;

import java.util.List;
import java.util.Optional;

/// ICE and DTLS attributes of a section, or of the session as their fallback (RFC 8839 §5.4, RFC 8842 §5).
///
/// @param iceUfrag empty when absent
/// @param icePwd empty when absent
public record TransportDescription(
        String iceUfrag,
        String icePwd,
        List<String> iceOptions,
        List<SdpFingerprint> fingerprints,
        Optional<Setup> setup) {
    public static final TransportDescription NONE =
            new TransportDescription("", "", List.of(), List.of(), Optional.empty());

    public TransportDescription {
        iceOptions = List.copyOf(iceOptions);
        fingerprints = List.copyOf(fingerprints);
    }

    /// The SHA-256 fingerprint, or else the first.
    public Optional<SdpFingerprint> fingerprint() {
        return fingerprints.stream()
                .filter(f -> f.algorithm().equals("sha-256"))
                .findFirst()
                .or(() -> fingerprints.stream().findFirst());
    }

    /// This one, with what it lacks taken from `fallback`. User fragment and password go together.
    public TransportDescription orElse(TransportDescription fallback) {
        boolean ownIce = !iceUfrag.isEmpty();
        return new TransportDescription(
                ownIce ? iceUfrag : fallback.iceUfrag,
                ownIce ? icePwd : fallback.icePwd,
                iceOptions.isEmpty() ? fallback.iceOptions : iceOptions,
                fingerprints.isEmpty() ? fallback.fingerprints : fingerprints,
                setup.or(() -> fallback.setup));
    }

    /// Does not print the ICE password.
    @Override
    public String toString() {
        return "TransportDescription[" + iceUfrag + ", " + fingerprints + ", " + setup + "]";
    }
}
