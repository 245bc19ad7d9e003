package dev.stoa.media.rtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 4585 §6.2.1; each case from 16 start numbers around the wrap.
class NackGeneratorTest {
    private static final long MS = 1_000_000L;
    private static final long RTT = 80 * MS;

    private final NackGenerator nack = new NackGenerator(NackSettings.DEFAULT);
    private final int[] out = new int[64];

    static IntStream starts() {
        return IntStream.range(0, 16).map(i -> 2 * 65_536 - 8 + i);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void asksForNothingWhenNothingIsMissing(int start) {
        for (int i = 0; i < 100; i++) {
            assertThat(nack.onPacket(i * MS, start + i)).isTrue();
        }
        assertThat(nack.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(nack.poll(1000 * MS, RTT, out)).isZero();
    }

    @ParameterizedTest
    @MethodSource("starts")
    void asksForAGapAfterTheReorderingTime(int start) {
        nack.onPacket(0, start);
        nack.onPacket(0, start + 2);
        assertThat(nack.poll(9 * MS, RTT, out)).isZero();
        assertThat(nack.nextTimeoutNs()).isEqualTo(10 * MS);
        assertThat(asked(10 * MS)).containsExactly((start + 1) & 0xFFFF);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void asksEarlierWhenThreePacketsFollowTheGap(int start) {
        nack.onPacket(0, start);
        nack.onPacket(0, start + 2);
        nack.onPacket(0, start + 3);
        assertThat(asked(0)).isEmpty();
        nack.onPacket(0, start + 4);
        assertThat(asked(0)).containsExactly((start + 1) & 0xFFFF);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aWideGapIsAskedForAtOnceUpToItsYoungEnd(int start) {
        nack.onPacket(0, start);
        nack.onPacket(0, start + 7);
        assertThat(asked(0))
                .containsExactly(IntStream.rangeClosed(start + 1, start + 4)
                        .map(s -> s & 0xFFFF)
                        .toArray());
    }

    @ParameterizedTest
    @MethodSource("starts")
    void reorderedPacketIsNotAskedFor(int start) {
        nack.onPacket(0, start);
        nack.onPacket(0, start + 2);
        assertThat(nack.onPacket(2 * MS, start + 1)).isTrue();
        assertThat(nack.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(asked(100 * MS)).isEmpty();
        assertThat(nack.recovered()).isEqualTo(1);
    }

    @Test
    void asksAgainAfterOneAndAQuarterRtt() {
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_002);
        assertThat(asked(10 * MS)).hasSize(1);
        assertThat(asked(109 * MS)).isEmpty();
        assertThat(nack.nextTimeoutNs()).isEqualTo(110 * MS);
        assertThat(asked(110 * MS)).hasSize(1);
    }

    @Test
    void givesUpAfterTenTriesAndWantsAKeyFrame() {
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_002);
        int requests = 0;
        for (long now = 0; now < 1900 * MS; now += MS) {
            requests += nack.poll(now, RTT, out);
        }
        assertThat(requests).isEqualTo(10);
        assertThat(nack.missing()).isZero();
        assertThat(nack.givenUp()).isEqualTo(1);
        assertThat(nack.takeKeyFrameNeeded()).isTrue();
        assertThat(nack.takeKeyFrameNeeded()).isFalse();
        assertThat(nack.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesUpOnWhatIsTooOldForThePlayer() {
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_002);
        assertThat(asked(2001 * MS)).isEmpty();
        assertThat(nack.givenUp()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aJumpBeyondRepairWantsAKeyFrameAndStartsAnew(int start) {
        nack.onPacket(0, start);
        nack.onPacket(0, start + 2);
        nack.onPacket(0, start + 5000);
        assertThat(nack.missing()).isZero();
        assertThat(nack.takeKeyFrameNeeded()).isTrue();
        nack.onPacket(0, start + 5002);
        assertThat(asked(20 * MS)).containsExactly((start + 5001) & 0xFFFF);
    }

    @Test
    void forgetsGapsBeforeAKeyFrame() {
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_005);
        nack.onPacket(0, 100_010);
        nack.onKeyFrame(100_005);
        assertThat(asked(20 * MS)).containsExactly(seq16(100_006), seq16(100_007), seq16(100_008), seq16(100_009));
        assertThat(nack.takeKeyFrameNeeded()).isFalse();
    }

    @Test
    void fillsASmallArraySeveralTimes() {
        int[] small = new int[2];
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_006);
        assertThat(nack.poll(20 * MS, RTT, small)).isEqualTo(2);
        assertThat(small).containsExactly(seq16(100_001), seq16(100_002));
        assertThat(nack.poll(20 * MS, RTT, small)).isEqualTo(2);
        assertThat(nack.poll(20 * MS, RTT, small)).isEqualTo(1);
        assertThat(nack.poll(20 * MS, RTT, small)).isZero();
    }

    @Test
    void knowsDuplicates() {
        nack.onPacket(0, 100_000);
        nack.onPacket(0, 100_001);
        assertThat(nack.onPacket(0, 100_001)).isFalse();
        assertThat(nack.onPacket(0, 100_000)).isFalse();
    }

    @Property
    void theNumberMissingIsWhatAModelSays(@ForAll long seed) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        NackGenerator generator = new NackGenerator(new NackSettings(10 * MS, 3, 20 * MS, 127, Long.MAX_VALUE));
        java.util.TreeSet<Long> missing = new java.util.TreeSet<>();
        long highest = 65_530;
        generator.onPacket(0, highest);
        for (int i = 1; i < 1500; i++) {
            if (!missing.isEmpty() && random.nextInt(3) == 0) {
                long late = missing.first();
                assertThat(generator.onPacket(i * MS, late)).isTrue();
                missing.remove(late);
            } else {
                long next = highest + 1 + (random.nextInt(4) == 0 ? random.nextInt(20) : 0);
                for (long s = highest + 1; s < next; s++) {
                    missing.add(s);
                }
                generator.onPacket(i * MS, next);
                highest = next;
                missing.headSet(highest - NackGenerator.WINDOW + 1).clear();
            }
            generator.poll(i * MS, 0, out);
            assertThat(generator.missing()).isEqualTo(missing.size());
            assertThat(generator.nextTimeoutNs() == Long.MAX_VALUE).isEqualTo(missing.isEmpty());
        }
    }

    private int[] asked(long nowNs) {
        return Arrays.copyOf(out, nack.poll(nowNs, RTT, out));
    }

    private static int seq16(long seq) {
        return (int) seq & 0xFFFF;
    }
}
