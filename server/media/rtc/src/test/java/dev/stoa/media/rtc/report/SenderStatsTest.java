package dev.stoa.media.rtc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.SenderReport;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// RFC 3550 §6.4.1.
class SenderStatsTest {
    private static final long MS = 1_000_000L;

    private final SenderStats stats = new SenderStats(7, 48_000);
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[64]);
    private final RtcpWriter writer = new RtcpWriter().wrap(buffer, 0, 64);

    @Test
    void saysNothingBeforeTheFirstPacket() {
        assertThat(stats.writeExtrapolatedReport(0, 0, writer)).isFalse();
        assertThat(stats.writeReport(0, 0, writer)).isFalse();
        assertThat(writer.length()).isZero();
    }

    @Test
    void reportsWhatWasSentAndExtrapolatesTheTimestamp() {
        stats.onPacket(100 * MS, 960, 80);
        stats.onPacket(120 * MS, 1920, 90);
        long ntp = NtpTime.ofUnixMillis(1_700_000_000_000L);
        assertThat(stats.writeExtrapolatedReport(130 * MS, ntp, writer)).isTrue();
        SenderReport report = parsed();
        assertThat(report.ssrc()).isEqualTo(7);
        assertThat(report.packetCount()).isEqualTo(2);
        assertThat(report.octetCount()).isEqualTo(170);
        assertThat(report.ntpTimestamp()).isEqualTo(ntp);
        assertThat(report.rtpTimestamp()).isEqualTo(1920 + 480);
    }

    @Test
    void theAnswerToAReportTellsTheRoundTripTime() {
        long sent = NtpTime.ofUnixMillis(1_700_000_000_000L);
        long arrived = NtpTime.plus(sent, 350 * MS);
        stats.onReportBlock(arrived, 12, NtpTime.compact(sent), NtpTime.toCompactUnits(250 * MS));
        assertThat(stats.rttNs()).isBetween(99 * MS, 101 * MS);
        assertThat(stats.remoteFractionLost()).isEqualTo(12);
    }

    @Test
    void nonsenseDoesNotChangeTheRoundTripTime() {
        long now = NtpTime.ofUnixMillis(1_700_000_000_000L);
        stats.onReportBlock(now, 0, 0, 0);
        stats.onReportBlock(now, 0, NtpTime.compact(now) + 0x2000_0000, 0);
        stats.onReportBlock(now, 0, NtpTime.compact(now), 0xFFFF_0000L - 0x4000_0000L);
        assertThat(stats.rttNs()).isZero();
    }

    private SenderReport parsed() {
        RtcpReader reader = new RtcpReader();
        SenderReport report = new SenderReport();
        assertThat(reader.wrap(buffer, 0, writer.length()) && reader.next() && report.wrap(reader))
                .isTrue();
        return report;
    }
}
