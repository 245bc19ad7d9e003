package dev.stoa.media.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// RFC 3711 §3.3.1 and Appendix A.
class PacketIndexTest {
    @Test
    void firstPacketHasRollOverCounterZero() {
        assertThat(PacketIndex.guess(-1, 65_535)).isEqualTo(65_535);
    }

    @Test
    void wrapRaisesTheRollOverCounter() {
        assertThat(PacketIndex.guess(65_535, 0)).isEqualTo(65_536);
        assertThat(PacketIndex.guess(0x7_FFFF, 3)).isEqualTo(0x8_0003);
    }

    @Test
    void latePacketBeforeTheWrapKeepsTheOldCounter() {
        assertThat(PacketIndex.guess(65_536 + 2, 65_534)).isEqualTo(65_534);
    }

    @Test
    void packetBeforeCounterZeroIsNegative() {
        assertThat(PacketIndex.guess(2, 65_534)).isNegative();
    }

    /// The comparisons of Appendix A are strict, so a distance of exactly 2^15 keeps the counter.
    @Test
    void distanceOfExactlyHalfTheRangeKeepsTheCounter() {
        assertThat(PacketIndex.guess(0x5_0010, 0x8010)).isEqualTo(0x5_8010);
        assertThat(PacketIndex.guess(0x5_8010, 0x0010)).isEqualTo(0x5_0010);
        assertThat(PacketIndex.guess(0x5_0010, 0x8011)).isEqualTo(0x4_8011);
        assertThat(PacketIndex.guess(0x5_8010, 0x000F)).isEqualTo(0x6_000F);
    }

    @Property
    void anyIndexNearTheHighestIsFound(
            @ForAll @LongRange(min = 0x1_0000, max = 0xFFFF_FFFF_0000L) long highest,
            @ForAll @IntRange(min = -32_767, max = 32_767) int distance) {
        long index = highest + distance;
        assertThat(PacketIndex.guess(highest, (int) index & 0xFFFF)).isEqualTo(index);
    }
}
