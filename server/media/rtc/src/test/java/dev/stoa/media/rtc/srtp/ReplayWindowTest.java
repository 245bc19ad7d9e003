package dev.stoa.media.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// RFC 3711 §3.3.2.
class ReplayWindowTest {
    @Test
    void isAtLeast128Wide() {
        assertThat(ReplayWindow.SIZE).isGreaterThanOrEqualTo(128);
    }

    @Test
    void takesTheOldestOfTheWindowAndRefusesTheOneBefore() {
        for (long start : new long[] {ReplayWindow.SIZE, 65_535, 65_536, 1L << 40}) {
            ReplayWindow window = new ReplayWindow();
            window.mark(start);
            assertThat(window.isFresh(start - ReplayWindow.SIZE + 1)).isTrue();
            assertThat(window.isFresh(start - ReplayWindow.SIZE)).isFalse();
        }
    }

    @Test
    void forgetsEverythingOnAWideJump() {
        ReplayWindow window = new ReplayWindow();
        for (long i = 0; i < 2000; i++) {
            window.mark(i);
        }
        window.mark(1_000_000);
        for (long i = 1_000_000 - ReplayWindow.SIZE + 1; i < 1_000_000; i++) {
            assertThat(window.isFresh(i)).isTrue();
        }
    }

    @Property
    void agreesWithASetOfAllIndices(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3000) int spread,
            @ForAll @IntRange(max = 400) int start) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long base = start;
        for (int i = 0; i < 500; i++) {
            base += random.nextInt(4);
            long index = Math.max(0, base - random.nextInt(spread));
            boolean fresh = !seen.contains(index) && index > window.highest() - ReplayWindow.SIZE;
            assertThat(window.isFresh(index)).isEqualTo(fresh);
            if (fresh) {
                window.mark(index);
                seen.add(index);
            }
        }
    }
}
