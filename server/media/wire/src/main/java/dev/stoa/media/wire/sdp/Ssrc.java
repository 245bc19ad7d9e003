package dev.stoa.media.wire.sdp;

import java.util.List;
import java.util.Optional;

/// All `a=ssrc` lines of one source (RFC 5576 §4.1).
///
/// @param ssrc the 32 bits, as in `RtpPacket`
/// @param attributes in the order of their lines
public record Ssrc(int ssrc, List<SdpAttribute> attributes) {
    public Ssrc {
        attributes = List.copyOf(attributes);
    }

    /// Canonical name; empty when absent.
    public String cname() {
        return value("cname").orElse("");
    }

    public Optional<Msid> msid() {
        return value("msid").map(Msid::of);
    }

    private Optional<String> value(String name) {
        return attributes.stream()
                .filter(a -> a.name().equals(name))
                .map(SdpAttribute::value)
                .findFirst();
    }
}
