package dev.stoa.media.rtc.report;

/// NTP timestamps (RFC 3550 §4): seconds since 1900 in the high 32 bits, fractions in the low ones. There is no clock
/// here: the owner says which NTP time his `nowNs` = 0 was.
public final class NtpTime {
    /// Seconds from 1900 to 1970.
    private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /// NTP timestamp of a wall-clock time in milliseconds since 1970.
    public static long ofUnixMillis(long unixMs) {
        return ((unixMs / 1000 + UNIX_EPOCH_SECONDS) << 32) + ((unixMs % 1000) << 32) / 1000;
    }

    /// `ntp` moved on by `ns` (not negative) nanoseconds.
    public static long plus(long ntp, long ns) {
        return ntp + ((ns / NS_PER_SECOND) << 32) + ((ns % NS_PER_SECOND) << 32) / NS_PER_SECOND;
    }

    /// Ticks of a clock of `rate` Hz from one NTP time to another; negative when `to` is earlier.
    public static long ticksBetween(long from, long to, int rate) {
        long difference = to - from;
        return (difference >> 32) * rate + ((difference & 0xFFFF_FFFFL) * rate >> 32);
    }

    /// The middle 32 bits, in units of 1/65536 s (LSR in report blocks).
    public static int compact(long ntp) {
        return (int) (ntp >>> 16);
    }

    /// Nanoseconds as units of 1/65536 s (DLSR in report blocks), saturating at 32 bits.
    public static long toCompactUnits(long ns) {
        long seconds = ns / NS_PER_SECOND;
        long units = (seconds << 16) + ((ns % NS_PER_SECOND) << 16) / NS_PER_SECOND;
        return Math.min(units, 0xFFFF_FFFFL);
    }

    /// Units of 1/65536 s as nanoseconds.
    public static long fromCompactUnits(long units) {
        return units * NS_PER_SECOND >> 16;
    }
}
