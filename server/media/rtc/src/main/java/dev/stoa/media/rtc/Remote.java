package dev.stoa.media.rtc;

import org.jspecify.annotations.Nullable;

/// The far end of one network path: address, port and, for ICE-TCP, the connection.
///
/// Mutable so that the receiving loop can probe a map with one reused instance and allocate nothing;
/// whoever keeps a `Remote` keeps a [#copy()]. IPv4 addresses are held as IPv4-mapped IPv6
/// (RFC 4291 §2.5.5.2). Not thread-safe.
public final class Remote {
    private static final long MAPPED_PREFIX = 0x0000_FFFF_0000_0000L;

    private long high;
    private long low;
    private int port;
    private int connection;

    /// @param high first 8 bytes of the IPv6 (or mapped) address, big endian
    /// @param low last 8 bytes
    /// @param port 0..65535
    /// @param connection 0 for UDP, else the number of the TCP connection given by the socket owner
    public Remote set(long high, long low, int port, int connection) {
        this.high = high;
        this.low = low;
        this.port = port;
        this.connection = connection;
        return this;
    }

    /// Sets an IPv4 UDP path; `address` holds the four bytes in network order.
    public Remote setIpv4(int address, int port) {
        return set(0, MAPPED_PREFIX | Integer.toUnsignedLong(address), port, 0);
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    public int connection() {
        return connection;
    }

    public boolean isTcp() {
        return connection != 0;
    }

    public boolean isIpv4() {
        return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED_PREFIX;
    }

    public Remote copy() {
        return new Remote().set(high, low, port, connection);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Remote r
                && r.low == low
                && r.high == high
                && r.port == port
                && r.connection == connection;
    }

    @Override
    public int hashCode() {
        long mix = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L + port * 31L + connection;
        return (int) (mix ^ (mix >>> 32));
    }

    /// Does not print the address: logs must not hold it.
    @Override
    public String toString() {
        return isTcp() ? "remote/tcp" : "remote/udp";
    }
}
