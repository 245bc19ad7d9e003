package dev.stoa.media.rtc.report;

import dev.stoa.media.wire.rtcp.RtcpWriter;

/// What one received stream's report block says: loss (RFC 3550 A.3), interarrival jitter (A.8), the last sender
/// report (§6.4.1). Takes widened sequence numbers. Single owner thread.
public final class ReceptionStats {
    private final int ssrc;
    private final int clockRate;

    private long baseSeq = -1;
    private long highestSeq;
    private long received;
    private long expectedPrior;
    private long receivedPrior;

    private long lastTransit;
    private boolean transitKnown;
    /// In 1/16 of the RTP clock, as in RFC 3550 A.8.
    private long jitter16;

    private int lastSenderReport;
    private long lastSenderReportNs = -1;

    /// @param clockRate of the codec, in Hz
    public ReceptionStats(int ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    /// @param seq widened sequence number
    /// @param timestamp the packet's RTP timestamp
    public void onPacket(long nowNs, long seq, int timestamp) {
        if (baseSeq < 0) {
            baseSeq = seq;
            highestSeq = seq;
        }
        // A packet from before the first moves the base, or loss would be counted as negative for ever.
        baseSeq = Math.min(baseSeq, seq);
        highestSeq = Math.max(highestSeq, seq);
        received++;
        updateJitter(nowNs, timestamp);
    }

    /// @param compactNtp middle 32 bits of the report's NTP timestamp
    public void onSenderReport(long nowNs, int compactNtp) {
        lastSenderReport = compactNtp;
        lastSenderReportNs = nowNs;
    }

    /// Appends this stream's block to the SR or RR last written and starts the next loss interval.
    /// False, changing nothing, when there was no packet yet or no room.
    public boolean writeBlock(long nowNs, RtcpWriter writer) {
        if (baseSeq < 0
                || !writer.reportBlock(
                        ssrc,
                        fractionLost(),
                        clampedLost(),
                        extendedHighest(),
                        jitter(),
                        lastSenderReport,
                        delay(nowNs))) {
            return false;
        }
        expectedPrior = expected();
        receivedPrior = received;
        return true;
    }

    /// Packets lost so far; negative when there were more duplicates than losses.
    public long cumulativeLost() {
        return expected() - received;
    }

    /// Share lost since the last block, in 1/256.
    public int fractionLost() {
        long expectedInterval = expected() - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        return expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /// In units of the RTP clock.
    public long jitter() {
        return jitter16 >> 4;
    }

    /// Packets received, duplicates included.
    public long received() {
        return received;
    }

    public int ssrc() {
        return ssrc;
    }

    private long expected() {
        return baseSeq < 0 ? 0 : highestSeq - baseSeq + 1;
    }

    private int clampedLost() {
        return (int) Math.clamp(cumulativeLost(), -0x80_0000, 0x7F_FFFF);
    }

    /// The wire counts cycles from the cycle of the first packet.
    private long extendedHighest() {
        return highestSeq - (baseSeq & ~0xFFFFL);
    }

    private long delay(long nowNs) {
        return lastSenderReportNs < 0 ? 0 : NtpTime.toCompactUnits(nowNs - lastSenderReportNs);
    }

    private void updateJitter(long nowNs, int timestamp) {
        long arrival = nowNs / 1_000_000_000L * clockRate + nowNs % 1_000_000_000L * clockRate / 1_000_000_000L;
        int transit = (int) arrival - timestamp;
        if (transitKnown) {
            long d = Math.abs((long) (transit - (int) lastTransit));
            jitter16 += d - ((jitter16 + 8) >> 4);
        }
        lastTransit = transit;
        transitKnown = true;
    }
}
