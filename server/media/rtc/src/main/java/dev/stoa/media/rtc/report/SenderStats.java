package dev.stoa.media.rtc.report;

import dev.stoa.media.wire.rtcp.RtcpWriter;

/// What one sent stream's sender report says (RFC 3550 §6.4.1), and the round-trip time from the answers to it.
/// Single owner thread.
public final class SenderStats {
    private final int ssrc;
    private final int clockRate;

    private long packets;
    private long octets;
    private long lastPacketNs = -1;
    private int lastTimestamp;
    private long rttNs;
    private int remoteFractionLost;

    /// @param clockRate of the codec, in Hz
    public SenderStats(int ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    /// @param timestamp RTP timestamp as sent
    /// @param payloadBytes without header and padding
    public void onPacket(long nowNs, int timestamp, int payloadBytes) {
        packets++;
        octets += payloadBytes;
        lastPacketNs = nowNs;
        lastTimestamp = timestamp;
    }

    /// Starts a compound with this stream's SR; the RTP timestamp is extrapolated from the last packet. False when
    /// nothing was sent yet or there is no room.
    ///
    /// @param ntpNow NTP timestamp of `nowNs`
    public boolean writeExtrapolatedReport(long nowNs, long ntpNow, RtcpWriter writer) {
        if (lastPacketNs < 0) {
            return false;
        }
        long elapsedNs = nowNs - lastPacketNs;
        long ticks = elapsedNs / 1_000_000_000L * clockRate + elapsedNs % 1_000_000_000L * clockRate / 1_000_000_000L;
        return writeReport(ntpNow, lastTimestamp + (int) ticks, writer);
    }

    /// As [#writeExtrapolatedReport] with the timestamp given, for streams whose mapping of RTP to
    /// wall clock comes from the publisher's own reports (so that audio and video stay in step).
    public boolean writeReport(long ntp, int rtpTimestamp, RtcpWriter writer) {
        return packets > 0 && writer.senderReport(ssrc, ntp, rtpTimestamp, packets, octets);
    }

    /// A report block about this stream arrived (RFC 3550 §6.4.1, "round-trip propagation delay").
    ///
    /// @param ntpNow NTP timestamp of the arrival
    public void onReportBlock(long ntpNow, int fractionLost, int lastSenderReport, long delaySinceLastSenderReport) {
        remoteFractionLost = fractionLost;
        if (lastSenderReport == 0) {
            return;
        }
        int units = NtpTime.compact(ntpNow) - lastSenderReport - (int) delaySinceLastSenderReport;
        // Clocks that run a little apart may make it negative; more than a minute is nonsense.
        if (units >= -65_536 && units < 60 * 65_536) {
            rttNs = NtpTime.fromCompactUnits(Math.max(units, 1));
        }
    }

    /// Latest round-trip time; 0 when unknown.
    public long rttNs() {
        return rttNs;
    }

    /// Loss the receiver last told, in 1/256.
    public int remoteFractionLost() {
        return remoteFractionLost;
    }

    public long packets() {
        return packets;
    }

    /// Payload bytes.
    public long octets() {
        return octets;
    }

    public int ssrc() {
        return ssrc;
    }
}
