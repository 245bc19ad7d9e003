package dev.stoa.media.wire.sdp;

/// The `o=` line (RFC 8866 §5.2). Numbers are unsigned 64 bits; raise `version` with each new description.
public record Origin(
        String username, long sessionId, long version, String networkType, String addressType, String address) {
    /// An origin as browsers write it: `- id version IN IP4 127.0.0.1`.
    public static Origin of(long sessionId, long version) {
        return new Origin("-", sessionId, version, "IN", "IP4", "127.0.0.1");
    }
}
