package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.report.NtpTime;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 3550 §5.1: numbers of a stream rise by one per packet, timestamps with the sampling instant.
class StreamRewriterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int FIRST = 1_000;
    private static final int FIRST_TIMESTAMP = 0xFFFF_FF00;

    private final PublishedStream source = Streams.video(1);
    private final PublishedStream other = Streams.video(2);
    private final StreamRewriter rewriter = new StreamRewriter(90_000, FIRST, FIRST_TIMESTAMP, 512);
    private long nowNs = SECOND;

    static IntStream starts() {
        return IntStream.of(
                0, 1, 2, 0x7FFD, 0x7FFE, 0x7FFF, 0x8000, 0x8001, 0x8002, 0xFFF0, 0xFFFB, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF,
                0x1234);
    }

    private long send(long seq, int timestamp) {
        long out = rewriter.sequence(seq, false);
        rewriter.sent(out, rewriter.timestamp(timestamp), nowNs);
        return out;
    }

    @ParameterizedTest
    @MethodSource("starts")
    void keepsGapsAndOrderOfTheSource(int start) {
        long seq = SequenceNumbers.first(start);
        rewriter.startSegment(source, seq, 500, nowNs);
        assertThat(send(seq, 500) & 0xFFFF).isEqualTo(FIRST);
        assertThat(send(seq + 3, 3_500) & 0xFFFF).isEqualTo(FIRST + 3);
        assertThat(send(seq + 1, 500) & 0xFFFF).isEqualTo(FIRST + 1);
        assertThat(rewriter.timestamp(3_500)).isEqualTo(FIRST_TIMESTAMP + 3_000);
        assertThat(rewriter.sequence(seq - 1, false)).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aResumedSourceLeavesNoGapAndKeepsItsTime(int start) {
        long seq = SequenceNumbers.first(start);
        rewriter.startSegment(source, seq, 0, nowNs);
        send(seq, 0);
        nowNs += 10 * SECOND;
        rewriter.startSegment(source, seq + 5_000, 900_123, nowNs);
        assertThat(send(seq + 5_000, 900_123) & 0xFFFF).isEqualTo(FIRST + 1);
        assertThat(rewriter.highestTimestamp()).isEqualTo(FIRST_TIMESTAMP + 900_123);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void anotherSourceGoesOnByRealTime(int start) {
        rewriter.startSegment(source, 70_000, 0, nowNs);
        send(70_000, 0);
        nowNs += SECOND / 2;
        long seq = SequenceNumbers.first(start);
        rewriter.startSegment(other, seq, 0xABCD_EF01, nowNs);
        assertThat(send(seq, 0xABCD_EF01) & 0xFFFF).isEqualTo(FIRST + 1);
        assertThat(rewriter.highestTimestamp()).isEqualTo(FIRST_TIMESTAMP + 45_000);
    }

    @Test
    void aSourceThatStartsItsClockAnewDoesNotTurnBackTime() {
        rewriter.startSegment(source, 70_000, 1_000_000_000, nowNs);
        send(70_000, 1_000_000_000);
        nowNs += SECOND;
        rewriter.startSegment(source, 70_001, 5, nowNs);
        send(70_001, 5);
        assertThat(rewriter.highestTimestamp()).isEqualTo(FIRST_TIMESTAMP + 90_000);
    }

    @Test
    void findsTheSourceOfASentNumberAcrossSegments() {
        rewriter.startSegment(source, 70_000, 0, nowNs);
        for (int i = 0; i < 10; i++) {
            send(70_000 + i, 0);
        }
        nowNs += SECOND;
        rewriter.startSegment(other, 90_000, 7, nowNs);
        long last = send(90_000, 7);

        int now = rewriter.segmentOf(last);
        assertThat(rewriter.source(now)).isSameAs(other);
        assertThat(rewriter.sourceSeq(now, last)).isEqualTo(90_000);
        int before = rewriter.segmentOf(last - 1);
        assertThat(rewriter.source(before)).isSameAs(source);
        assertThat(rewriter.sourceSeq(before, last - 1)).isEqualTo(70_009);
        assertThat(rewriter.timestamp(before, 0)).isEqualTo(FIRST_TIMESTAMP);
        assertThat(rewriter.segmentOf(last + 1)).isEqualTo(-1);
        assertThat(rewriter.segmentOf(last - 11)).isEqualTo(-1);
    }

    /// RFC 3550 §6.4.1: one instant of the publisher's clock, told for both sources.
    @ParameterizedTest
    @MethodSource("starts")
    void anotherSourceGoesOnByThePublishersClockWhereReportsToldIt(int start) {
        long ntp = NtpTime.ofUnixMillis(1_700_000_000_500L);
        int base = start << 16;
        source.clock().onSenderReport(nowNs, ntp, 900_000);
        other.clock().onSenderReport(nowNs, NtpTime.plus(ntp, SECOND / 4), base);
        rewriter.startSegment(source, 70_000, 900_000, nowNs);
        send(70_000, 900_000);

        // Made half a second later, held up on the way for another 40 ms.
        nowNs += SECOND * 54 / 100;
        rewriter.startSegment(other, 90_000, base + 22_500, nowNs);
        send(90_000, base + 22_500);

        assertThat(rewriter.highestTimestamp() - FIRST_TIMESTAMP).isBetween(44_999, 45_001);
    }

    @Test
    void theSamePictureInAnotherSourceIsAFrameOfItsOwn() {
        long ntp = NtpTime.ofUnixMillis(1_700_000_000_000L);
        source.clock().onSenderReport(nowNs, ntp, 0);
        other.clock().onSenderReport(nowNs, ntp, 500_000);
        rewriter.startSegment(source, 70_000, 3_000, nowNs);
        send(70_000, 3_000);
        rewriter.startSegment(other, 90_000, 503_000, nowNs);
        send(90_000, 503_000);
        assertThat(rewriter.highestTimestamp()).isEqualTo(FIRST_TIMESTAMP + 1);
    }

    @Test
    void reportsThatCannotBeTrueAreNotBelieved() {
        long ntp = NtpTime.ofUnixMillis(1_700_000_000_000L);
        source.clock().onSenderReport(nowNs, ntp, 0);
        other.clock().onSenderReport(nowNs, NtpTime.plus(ntp, 3_600 * SECOND), 0);
        rewriter.startSegment(source, 70_000, 0, nowNs);
        send(70_000, 0);
        nowNs += SECOND;
        rewriter.startSegment(other, 90_000, 0, nowNs);
        send(90_000, 0);
        assertThat(rewriter.highestTimestamp()).isEqualTo(FIRST_TIMESTAMP + 90_000);
    }

    @Property
    void numbersRiseByOneOverAnySwitches(
            @ForAll @Size(min = 1, max = 30) int[] lengths, @ForAll @IntRange(min = 0, max = 0xFFFF) int start) {
        StreamRewriter any = new StreamRewriter(90_000, start & 0x7FFF, start, 512);
        long expected = -1;
        int lastTimestamp = start;
        long now = SECOND;
        for (int i = 0; i < lengths.length; i++) {
            PublishedStream from = i % 2 == 0 ? source : other;
            long seq = SequenceNumbers.first(lengths[i] & 0xFFFF);
            int timestamp = lengths[i] * 31;
            any.startSegment(from, seq, timestamp, now);
            for (int j = 0; j <= (lengths[i] & 15); j++) {
                long out = any.sequence(seq + j, false);
                int outTimestamp = any.timestamp(timestamp + 3_000 * j);
                assertThat(expected < 0 || out == expected).isTrue();
                assertThat(outTimestamp - lastTimestamp).isNotNegative();
                any.sent(out, outTimestamp, now);
                expected = out + 1;
                lastTimestamp = outTimestamp;
                now += 33_333_333;
            }
        }
    }
}
