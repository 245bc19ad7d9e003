package dev.stoa.media.wire.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.
final class TransportCcTest {
    private record Status(int sequence, boolean received, long arrivalUs) {}

    private final MemorySegment buf = MemorySegment.ofArray(new byte[8000]);
    private final RtcpWriter writer = new RtcpWriter().wrap(buf, 0, 8000);
    private final RtcpReader reader = new RtcpReader();
    private final TransportCc feedback = new TransportCc();
    private final TransportCcBuilder builder = new TransportCcBuilder();

    private boolean wrap(String hex) {
        MemorySegment bytes = Hex.segment(hex);
        assertThat(reader.wrap(bytes, 0, (int) bytes.byteSize())).isTrue();
        assertThat(reader.next()).isTrue();
        return feedback.wrap(reader);
    }

    private List<Status> statuses() {
        var statuses = new ArrayList<Status>();
        while (feedback.next()) {
            statuses.add(new Status(
                    feedback.sequenceNumber(), feedback.received(), feedback.received() ? feedback.arrivalUs() : 0));
        }
        return statuses;
    }

    /// The chunk examples of §3.1.3 and §3.1.4: a run of 221 packets lost, then a one-bit vector.
    @Test
    void readsRunsAndOneBitVectors() {
        // 0x9F1C: kind 10, then 0 11111 000 111 00.
        assertThat(wrap("8fcd0007 00000001 00000002 fff000eb 00000105 00dd 9f1c 01020304 05060708"))
                .isTrue();

        List<Status> all = statuses();
        assertThat(feedback.baseSequence()).isEqualTo(0xFFF0);
        assertThat(feedback.statusCount()).isEqualTo(235);
        assertThat(feedback.referenceTime()).isEqualTo(1);
        assertThat(feedback.feedbackCount()).isEqualTo(5);
        assertThat(all).hasSize(235);
        assertThat(all.subList(0, 222)).noneMatch(Status::received);
        assertThat(all.stream().filter(Status::received).map(Status::sequence))
                .containsExactly(206, 207, 208, 209, 210, 214, 215, 216);
        assertThat(all.get(222)).isEqualTo(new Status(206, true, 64_000 + 250));
        assertThat(all.get(232)).isEqualTo(new Status(216, true, 64_000 + 36 * 250));
    }

    /// §3.1.4: two-bit vector with small, large and negative deltas; the reference time is signed.
    @Test
    void readsTwoBitVectorsWithNegativeDeltas() {
        // Symbols small, none, large, large.
        assertThat(wrap("8fcd0006 00000001 00000002 000a0004 ffffff00 d280 04 fffe 7fff 00"))
                .isTrue();

        assertThat(feedback.referenceTime()).isEqualTo(-1);
        assertThat(statuses())
                .containsExactly(
                        new Status(10, true, -64_000 + 1000),
                        new Status(11, false, 0),
                        new Status(12, true, -64_000 + 500),
                        new Status(13, true, -64_000 + 500 + 32767 * 250));
    }

    @Test
    void refusesChunksAndDeltasThatDoNotFit() {
        assertThat(wrap("8fcd0004 00000001 00000002 000a0001 00000000"))
                .as("no chunk")
                .isFalse();
        assertThat(wrap("8fcd0005 00000001 00000002 000a0003 00000000 2003 0101"))
                .as("two of three deltas")
                .isFalse();
        assertThat(wrap("8fcd0005 00000001 00000002 000a0002 00000000 2001 0101"))
                .as("delta taken for a chunk")
                .isFalse();
        assertThat(wrap("8fcd0005 00000001 00000002 000a0001 00000000 6001 0101"))
                .as("symbol 3")
                .isFalse();
        assertThat(wrap("8fcd0005 00000001 00000002 000a0001 00000000 2000 0101"))
                .as("empty run")
                .isFalse();
        assertThat(feedback.next()).isFalse();
    }

    @Test
    void coversNothingWhenTheCountIsZero() {
        assertThat(wrap("8fcd0004 00000001 00000002 000a0000 00000000")).isTrue();
        assertThat(feedback.next()).isFalse();
    }

    /// Arrivals in any pattern come back, rounded down to 250 us.
    @Property
    void whatIsBuiltIsReadBack(@ForAll long seed, @ForAll @IntRange(max = 3) int style) {
        var random = new Random(seed);
        var expected = new ArrayList<Status>();
        long base = 65_000 + random.nextInt(2000);
        long arrivalUs = 50_000_000L + random.nextInt(100_000_000);
        builder.reset(base);
        long seq = base;
        while (expected.size() < 1 + random.nextInt(900)) {
            boolean lost = style == 0
                    ? random.nextInt(3) == 0
                    : style == 1 ? random.nextInt(60) == 0 : style == 2 && random.nextInt(20) > 0;
            if (!lost || expected.isEmpty()) {
                assertThat(builder.add(seq, arrivalUs)).isTrue();
                expected.add(new Status((int) seq & 0xFFFF, true, arrivalUs / 250 * 250));
                int bound = random.nextInt(8) == 0 ? 8_000_000 : 30_000;
                arrivalUs = Math.max(0, arrivalUs + random.nextInt(bound) - (random.nextInt(9) == 0 ? bound : 0));
            } else {
                expected.add(new Status((int) seq & 0xFFFF, false, 0));
            }
            seq++;
        }
        while (!expected.getLast().received()) {
            expected.removeLast();
        }

        writer.wrap(buf, 0, 8000);
        assertThat(builder.write(writer, 1, 2, 300)).isTrue();
        assertThat(reader.wrap(buf, 0, writer.length())).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(feedback.wrap(reader)).isTrue();
        assertThat(feedback.feedbackCount()).isEqualTo(300 & 0xFF);
        assertThat(statuses()).isEqualTo(expected);
    }

    @Test
    void packsEvenTrafficIntoOneRun() {
        builder.reset(0);
        for (int i = 0; i < 100; i++) {
            assertThat(builder.add(i, 1_000_000 + i * 1000L)).isTrue();
        }

        assertThat(builder.write(writer, 1, 2, 0)).isTrue();
        assertThat(writer.length()).isEqualTo((20 + 2 + 100 + 3) / 4 * 4);
    }

    @Test
    void refusesWhatOneMessageCannotTell() {
        builder.reset(100);
        assertThat(builder.write(writer, 1, 2, 0)).isFalse();
        assertThat(builder.add(99, 0)).as("before the base").isFalse();
        assertThat(builder.add(100, 1_000_000)).isTrue();
        assertThat(builder.add(100, 1_000_000)).as("not rising").isFalse();
        assertThat(builder.add(101, 10_000_000)).as("nine seconds later").isFalse();
        assertThat(builder.add(100 + TransportCcBuilder.MAX_STATUSES, 1_000_000))
                .as("too far")
                .isFalse();
        assertThat(builder.count()).isEqualTo(1);
        assertThat(builder.write(new RtcpWriter().wrap(buf, 0, 23), 1, 2, 0))
                .as("no room")
                .isFalse();
        assertThat(builder.write(new RtcpWriter().wrap(buf, 0, 24), 1, 2, 0)).isTrue();
    }
}
