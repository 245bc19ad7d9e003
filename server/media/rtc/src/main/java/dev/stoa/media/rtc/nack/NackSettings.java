package dev.stoa.media.rtc.nack;

/// How lost packets are asked for again.
///
/// @param reorderNs how long a gap may close by itself before the first request; lower: faster repair, more
///     needless requests on reordering networks
/// @param reorderPackets so many packets behind a gap end the wait early
/// @param minRetryNs shortest wait between two requests for one packet; the round-trip time when that is longer
/// @param maxTries requests per packet, 1..127
/// @param maxAgeNs age of a gap at which it is given up
public record NackSettings(long reorderNs, int reorderPackets, long minRetryNs, int maxTries, long maxAgeNs) {
    public static final NackSettings DEFAULT = new NackSettings(10_000_000L, 3, 20_000_000L, 10, 2_000_000_000L);
}
