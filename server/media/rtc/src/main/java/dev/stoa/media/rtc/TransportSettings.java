package dev.stoa.media.rtc;

/// What an operator may tune of a transport.
///
/// @param consentTimeoutNs without an authenticated check on the nominated path for this long the peer counts as
///     disconnected; lower: faster notice, more false alarms on bad networks. RFC 7675 §5.1 says 30 s for the full
///     agent that sends the checks; it sends one every few seconds, so 15 s is several lost in a row
/// @param maxRemotes most far addresses remembered per transport, 1..64; the oldest unused one is forgotten
/// @param maxStreams most SSRCs per direction, 1..65536; packets of further ones are dropped and counted
public record TransportSettings(long consentTimeoutNs, int maxRemotes, int maxStreams) {
    public TransportSettings {
        if (consentTimeoutNs <= 0 || maxRemotes < 1 || maxRemotes > 64 || maxStreams < 1 || maxStreams > 65_536) {
            throw new IllegalArgumentException("a transport setting is out of range");
        }
    }

    public static final TransportSettings DEFAULT = new TransportSettings(15_000_000_000L, 16, 1024);
}
