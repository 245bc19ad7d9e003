package dev.stoa.media.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class SequenceNumbersTest {
    @Property
    void findsAnySequenceNumberWithinHalfTheRange(
            @ForAll @LongRange(min = 100_000, max = 1L << 47) long last,
            @ForAll @IntRange(min = -32768, max = 32767) int step) {
        assertThat(SequenceNumbers.unwrap(last, (int) (last + step) & 0xFFFF)).isEqualTo(last + step);
    }

    @Property
    void findsAnyTimestampWithinHalfTheRange(
            @ForAll @LongRange(min = 1L << 32, max = 1L << 60) long last, @ForAll int step) {
        assertThat(SequenceNumbers.unwrapTimestamp(last, (int) (last + step))).isEqualTo(last + step);
    }

    /// RFC 3550 §5.1: the initial value is random, so the packet before the first may be 65535.
    @Test
    void staysPositiveForPacketsOlderThanTheFirst() {
        long first = SequenceNumbers.first(0);

        assertThat(SequenceNumbers.unwrap(first, 65535)).isEqualTo(first - 1).isPositive();
        assertThat(SequenceNumbers.unwrapTimestamp(SequenceNumbers.firstTimestamp(0), -1))
                .isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void countsOnAcrossManyWraps() {
        long seq = SequenceNumbers.first(65000);
        long start = seq;
        for (int i = 1; i <= 1_000_000; i++) {
            seq = SequenceNumbers.unwrap(seq, SequenceNumbers.truncate(start + i));
        }

        assertThat(seq).isEqualTo(start + 1_000_000);
    }
}
