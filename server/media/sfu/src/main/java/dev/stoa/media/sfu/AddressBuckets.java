package dev.stoa.media.sfu;

import dev.stoa.media.rtc.Remote;

/// Token buckets by IP address in a table of fixed size. Addresses that fall into one place share a bucket: which do
/// cannot be told from outside, as the places depend on a secret number. IPv6 addresses count by their first 64 bits,
/// of which one host has all the others (RFC 7934 §1).
///
/// Allocates nothing, keeps no address. Single owner thread.
final class AddressBuckets {
    private static final int PLACES = 8_192;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long nsPerToken;
    private final long fullNs;
    private final long secret;
    /// When each bucket is full again: what was taken beyond the present is owed.
    private final long[] fullAtNs = new long[PLACES];

    /// @param perSecond 1 .. 1000000
    /// @param atOnce at least 1
    AddressBuckets(int perSecond, int atOnce, long secret) {
        this.nsPerToken = NS_PER_SECOND / perSecond;
        this.fullNs = nsPerToken * atOnce;
        this.secret = secret | 1;
    }

    /// Takes one token of an address; false when it has none.
    boolean take(long nowNs, Remote remote) {
        int place = place(remote);
        long owedUntil = Math.max(fullAtNs[place], nowNs);
        if (owedUntil - nowNs > fullNs - nsPerToken) {
            return false;
        }
        fullAtNs[place] = owedUntil + nsPerToken;
        return true;
    }

    private int place(Remote remote) {
        long network = remote.isIpv4() ? remote.low() : remote.high();
        long mixed = (network ^ secret) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 29) * secret;
        return (int) (mixed >>> 40) & PLACES - 1;
    }
}
