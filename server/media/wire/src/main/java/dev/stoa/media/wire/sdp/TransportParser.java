package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers the ICE and DTLS attributes of a session or section.
final class TransportParser {
    private static final int MAX_FINGERPRINTS = 16;

    private final List<SdpFingerprint> fingerprints = new ArrayList<>();
    private List<String> iceOptions = List.of();
    private Optional<Setup> setup = Optional.empty();
    private String iceUfrag = "";
    private String icePwd = "";

    boolean takes(String name) {
        return switch (name) {
            case "ice-ufrag", "ice-pwd", "ice-options", "fingerprint", "setup" -> true;
            default -> false;
        };
    }

    /// Takes an attribute that [#takes]; false when the value is wrong.
    boolean attribute(String name, String value) {
        return switch (name) {
            case "ice-ufrag" -> {
                iceUfrag = value;
                yield isCredential(value, 4);
            }
            case "ice-pwd" -> {
                icePwd = value;
                yield isCredential(value, 22);
            }
            case "ice-options" -> {
                iceOptions = List.of(Texts.fields(value));
                yield true;
            }
            case "fingerprint" -> fingerprint(Texts.fields(value));
            default -> {
                setup = Texts.named(Setup.values(), value);
                yield setup.isPresent();
            }
        };
    }

    /// RFC 8839 §5.4: 4 to 256, or 22 to 256, characters that are letters, digits, `+` or `/`. Some senders
    /// also use `-`, `_` and `=`, which do no harm.
    private static boolean isCredential(String value, int minimum) {
        if (value.length() < minimum || value.length() > 256) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "+/-_=".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean fingerprint(String[] fields) {
        if (fields.length != 2 || fingerprints.size() == MAX_FINGERPRINTS) {
            return false;
        }
        fingerprints.add(new SdpFingerprint(fields[0], fields[1]));
        return true;
    }

    TransportDescription build() {
        return new TransportDescription(iceUfrag, icePwd, iceOptions, fingerprints, setup);
    }
}
