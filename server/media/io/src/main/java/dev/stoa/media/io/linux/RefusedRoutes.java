package dev.stoa.media.io.linux;

/// Addresses to which the kernel sends single datagrams but no trains: their device computes no checksums (`EIO`), or
/// the path takes smaller packets (`EINVAL`, `EMSGSIZE`).
///
/// Bounded: when full it forgets everything and learns again, as it should after a change of routes. Single owner
/// thread.
final class RefusedRoutes {
    private static final int CAPACITY = 256;

    private final long[] high = new long[CAPACITY];
    private final long[] low = new long[CAPACITY];
    private int count;

    void add(long high, long low) {
        if (contains(high, low)) {
            return;
        }
        if (count == CAPACITY) {
            count = 0;
        }
        this.high[count] = high;
        this.low[count] = low;
        count++;
    }

    boolean contains(long high, long low) {
        for (int i = 0; i < count; i++) {
            if (this.low[i] == low && this.high[i] == high) {
                return true;
            }
        }
        return false;
    }
}
