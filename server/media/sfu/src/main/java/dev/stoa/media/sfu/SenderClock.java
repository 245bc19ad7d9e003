package dev.stoa.media.sfu;

import dev.stoa.media.rtc.report.NtpTime;

/// A publisher's mapping between wall clock and RTP timestamps, taken from its sender reports (RFC 3550 §6.4.1).
/// Forwarded reports stay in the publisher's clock, so that receivers keep its audio and video in step.
final class SenderClock {
    private final int clockRate;
    private long ntp;
    private int rtpTimestamp;
    private long arrivedNs = -1;

    SenderClock(int clockRate) {
        this.clockRate = clockRate;
    }

    void onSenderReport(long nowNs, long ntp, int rtpTimestamp) {
        this.ntp = ntp;
        this.rtpTimestamp = rtpTimestamp;
        this.arrivedNs = nowNs;
    }

    /// False before the first report.
    boolean isKnown() {
        return arrivedNs >= 0;
    }

    /// The publisher's NTP time at `nowNs`.
    long ntp(long nowNs) {
        return NtpTime.plus(ntp, nowNs - arrivedNs);
    }

    /// The RTP timestamp here that means the same instant as `other`'s `otherTimestamp`; both know the publisher's
    /// clock.
    int sameInstant(SenderClock other, int otherTimestamp) {
        long ticks = NtpTime.ticksBetween(ntp, other.ntp, clockRate);
        return rtpTimestamp + (int) ticks + (otherTimestamp - other.rtpTimestamp);
    }

    /// The stream's RTP timestamp at `nowNs`.
    int rtpTimestamp(long nowNs) {
        return rtpTimestamp + (int) ((nowNs - arrivedNs) / 1000 * clockRate / 1_000_000);
    }
}
