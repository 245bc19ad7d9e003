package dev.stoa.media.rtc.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 3550 §6.4.1, A.3, A.8.
class ReceptionStatsTest {
    private static final long MS = 1_000_000L;
    private static final int SSRC = 0x8000_0001;

    private final ReceptionStats stats = new ReceptionStats(SSRC, 90_000);
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[256]);

    static IntStream starts() {
        return IntStream.range(0, 16).map(i -> 2 * 65_536 - 8 + i);
    }

    @Test
    void saysNothingBeforeTheFirstPacket() {
        RtcpWriter writer = report();
        assertThat(stats.writeBlock(0, writer)).isFalse();
        assertThat(writer.length()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void tellsLossOfTheIntervalAndOfAllTime(int start) {
        receive(start, 0, 100, 4);
        ReportBlocks first = block(0);
        assertThat(first.ssrc()).isEqualTo(SSRC);
        assertThat(first.cumulativeLost()).isEqualTo(25);
        assertThat(first.fractionLost()).isEqualTo((25 << 8) / 100);
        assertThat(first.extendedHighestSequence()).isEqualTo((start & 0xFFFF) + 99L);

        receive(start, 100, 200, 10);
        ReportBlocks second = block(0);
        assertThat(second.cumulativeLost()).isEqualTo(35);
        assertThat(second.fractionLost()).isEqualTo((10 << 8) / 100);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void repairsLowerTheLossAgain(int start) {
        receive(start, 0, 8, 4);
        assertThat(stats.cumulativeLost()).isEqualTo(2);
        stats.onPacket(0, start + 1, 0);
        stats.onPacket(0, start + 5, 0);
        assertThat(block(0).cumulativeLost()).isZero();
    }

    @Test
    void duplicatesMakeTheLossNegative() {
        stats.onPacket(0, 70_000, 0);
        stats.onPacket(0, 70_000, 0);
        ReportBlocks block = block(0);
        assertThat(block.cumulativeLost()).isEqualTo(-1);
        assertThat(block.fractionLost()).isZero();
    }

    @Test
    void aPacketFromBeforeTheFirstCounts() {
        stats.onPacket(0, 70_001, 0);
        stats.onPacket(0, 70_000, 0);
        assertThat(stats.cumulativeLost()).isZero();
    }

    @Test
    void evenArrivalHasNoJitter() {
        for (int i = 0; i < 100; i++) {
            stats.onPacket(i * 20 * MS, 70_000 + i, i * 1800);
        }
        assertThat(stats.jitter()).isZero();
    }

    /// Every second packet 10 ms (900 ticks) late: each transit differs from the last by 900, to which A.8 converges.
    @Test
    void alternatingDelayBecomesJitter() {
        for (int i = 0; i < 1000; i++) {
            stats.onPacket(i * 20 * MS + (i % 2) * 10 * MS, 70_000 + i, i * 1800);
        }
        assertThat(stats.jitter()).isBetween(890L, 900L);
    }

    @Test
    void jitterSurvivesTheWrapOfTheTimestamp() {
        for (int i = 0; i < 100; i++) {
            stats.onPacket(i * 20 * MS, 70_000 + i, Integer.MAX_VALUE - 50 * 1800 + i * 1800);
        }
        assertThat(stats.jitter()).isZero();
    }

    @Test
    void echoesTheLastSenderReportWithItsAge() {
        stats.onPacket(0, 70_000, 0);
        assertThat(block(0).lastSenderReport()).isZero();
        stats.onSenderReport(1000 * MS, 0x1234_5678);
        ReportBlocks block = block(1500 * MS);
        assertThat(block.lastSenderReport()).isEqualTo(0x1234_5678);
        assertThat(block.delaySinceLastSenderReport()).isEqualTo(32_768);
    }

    private void receive(int start, int from, int to, int loseEach) {
        for (int i = from; i < to; i++) {
            if (i % loseEach != 1) {
                stats.onPacket(i * MS, start + i, i * 90);
            }
        }
    }

    private RtcpWriter report() {
        RtcpWriter writer = new RtcpWriter().wrap(buffer, 0, 256);
        writer.receiverReport(1);
        return writer;
    }

    private ReportBlocks block(long nowNs) {
        RtcpWriter writer = report();
        assertThat(stats.writeBlock(nowNs, writer)).isTrue();
        RtcpReader reader = new RtcpReader();
        ReportBlocks blocks = new ReportBlocks();
        assertThat(reader.wrap(buffer, 0, writer.length()) && reader.next() && blocks.wrap(reader) && blocks.next())
                .isTrue();
        return blocks;
    }
}
