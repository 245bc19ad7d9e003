package dev.stoa.media.rtc.twcc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.TransportCc;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.
class TransportCcRecorderTest {
    private static final long MS = 1_000_000L;
    private static final long TICK_NS = 250_000L;

    private final TransportCcRecorder recorder = new TransportCcRecorder();
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[1200]);
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();
    private final TransportCc feedback = new TransportCc();

    static IntStream starts() {
        return IntStream.range(0, 16).map(i -> (65_536 - 8 + i) & 0xFFFF);
    }

    @Test
    void hasNothingToSayWithoutPackets() {
        assertThat(recorder.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(write(1000 * MS)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("starts")
    void tellsArrivalsAfter100Ms(int start) {
        for (int i = 0; i < 10; i++) {
            recorder.onPacket(i * MS, (start + i) & 0xFFFF, 77);
        }
        assertThat(recorder.nextTimeoutNs()).isEqualTo(100 * MS);
        assertThat(write(99 * MS)).isFalse();
        assertThat(write(100 * MS)).isTrue();
        assertThat(feedback.baseSequence()).isEqualTo(start);
        assertThat(feedback.statusCount()).isEqualTo(10);
        assertThat(reader.mediaSsrc()).isEqualTo(77);
        for (int i = 0; i < 10; i++) {
            assertThat(feedback.next()).isTrue();
            assertThat(feedback.sequenceNumber()).isEqualTo((start + i) & 0xFFFF);
            assertThat(feedback.arrivalUs()).isEqualTo(i * 1000L);
        }
        assertThat(write(300 * MS)).isFalse();
    }

    @Test
    void tellsEarlierAfter50Packets() {
        for (int i = 0; i < 50; i++) {
            assertThat(write(MS)).isFalse();
            recorder.onPacket(MS, i, 1);
        }
        assertThat(write(MS)).isTrue();
        assertThat(feedback.statusCount()).isEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void lossAtTheSeamOfTwoMessagesIsTold(int start) {
        recorder.onPacket(0, start, 1);
        write(100 * MS);
        recorder.onPacket(150 * MS, (start + 3) & 0xFFFF, 1);
        assertThat(write(250 * MS)).isTrue();
        assertThat(feedback.baseSequence()).isEqualTo((start + 1) & 0xFFFF);
        assertThat(feedback.next() && !feedback.received()).isTrue();
        assertThat(feedback.next() && !feedback.received()).isTrue();
        assertThat(feedback.next() && feedback.received()).isTrue();
        assertThat(feedback.next()).isFalse();
        assertThat(feedback.feedbackCount()).isEqualTo(1);
    }

    @Test
    void aLatecomerIsToldWithTheNextMessage() {
        recorder.onPacket(0, 10, 1);
        recorder.onPacket(0, 12, 1);
        write(100 * MS);
        recorder.onPacket(110 * MS, 11, 1);
        recorder.onPacket(120 * MS, 13, 1);
        assertThat(write(300 * MS)).isTrue();
        assertThat(feedback.baseSequence()).isEqualTo(11);
        assertThat(feedback.next() && feedback.received()).isTrue();
        assertThat(feedback.arrivalUs()).isEqualTo(110_000);
    }

    @Test
    void duplicatesKeepTheFirstArrival() {
        recorder.onPacket(MS, 10, 1);
        recorder.onPacket(50 * MS, 10, 1);
        assertThat(write(101 * MS)).isTrue();
        assertThat(feedback.statusCount()).isEqualTo(1);
        assertThat(feedback.next()).isTrue();
        assertThat(feedback.arrivalUs()).isEqualTo(1000);
    }

    @Test
    void aPauseOfTenSecondsBetweenTwoPacketsNeedsTwoMessages() {
        recorder.onPacket(0, 1, 1);
        recorder.onPacket(10_000 * MS, 2, 1);
        assertThat(write(10_000 * MS)).isTrue();
        assertThat(feedback.statusCount()).isEqualTo(1);
        assertThat(write(10_000 * MS)).isTrue();
        assertThat(feedback.baseSequence()).isEqualTo(2);
        assertThat(write(20_000 * MS)).isFalse();
    }

    @Test
    void aJumpWiderThanTheWindowLeavesMemoryAndMessagesBounded() {
        recorder.onPacket(0, 0, 1);
        recorder.onPacket(0, 30_000, 1);
        int messages = 0;
        while (write(1000 * MS)) {
            messages++;
            assertThat(feedback.statusCount()).isLessThanOrEqualTo(400);
        }
        assertThat(messages).isBetween(1, 3);
    }

    /// Every packet that arrived is told once with its time, whatever order and loss the network chose.
    @Property
    void everyArrivalIsTold(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TransportCcRecorder fresh = new TransportCcRecorder();
        Map<Integer, Long> sent = new TreeMap<>();
        Map<Integer, Long> told = new TreeMap<>();
        long now = 0;
        for (int i = 0; i < 600; i++) {
            now += random.nextInt(30) * TICK_NS;
            int seq = (65_000 + i - (i > 20 ? random.nextInt(10) : 0)) & 0xFFFF;
            fresh.onPacket(now, seq, 1);
            sent.putIfAbsent(seq, now / 1000);
            while (fresh.write(now, writer.wrap(buffer, 0, 1200), 1)) {
                collect(told);
            }
        }
        while (fresh.write(now + 1000 * MS, writer.wrap(buffer, 0, 1200), 1)) {
            collect(told);
        }
        assertThat(told).isEqualTo(sent);
    }

    private void collect(Map<Integer, Long> told) {
        assertThat(reader.wrap(buffer, 0, writer.length()) && reader.next() && feedback.wrap(reader))
                .isTrue();
        while (feedback.next()) {
            if (feedback.received()) {
                told.put(feedback.sequenceNumber(), feedback.arrivalUs());
            }
        }
    }

    private boolean write(long nowNs) {
        if (!recorder.write(nowNs, writer.wrap(buffer, 0, 1200), 1)) {
            return false;
        }
        assertThat(reader.wrap(buffer, 0, writer.length()) && reader.next() && feedback.wrap(reader))
                .isTrue();
        return true;
    }
}
