package dev.stoa.media.sfu.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.media.sfu.VideoLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long AUDIO = 40_000;
    private static final Degradation ALWAYS_ON = new Degradation(false, 0, 0);
    private static final List<Rung> CAMERA = List.of(
            new Rung(VideoLayer.LOW, 0, 100_000),
            new Rung(VideoLayer.LOW, 1, 150_000),
            new Rung(VideoLayer.MEDIUM, 1, 500_000),
            new Rung(VideoLayer.HIGH, 1, 1_500_000));

    private final Allocator allocator = new Allocator(AllocatorSettings.DEFAULT);
    private long nowNs = SECOND;

    private static VideoDemand camera(long track) {
        return new VideoDemand(track, 1, false, false, 0, VideoLayer.HIGH, CAMERA);
    }

    private static VideoDemand camera(long track, int priority, int pixels) {
        return new VideoDemand(track, priority, false, false, pixels, VideoLayer.HIGH, CAMERA);
    }

    private static VideoDemand wanting(long track, VideoLayer wanted) {
        return new VideoDemand(track, 1, false, false, 0, wanted, CAMERA);
    }

    private void allocate(long estimateBps, VideoDemand... demands) {
        allocator.allocate(nowNs, estimateBps, AUDIO, List.of(demands));
    }

    /// Each 100 ms for a while, as feedback comes.
    private void keep(long ns, long estimateBps, VideoDemand... demands) {
        long end = nowNs + ns;
        while (nowNs < end) {
            nowNs += SECOND / 10;
            allocate(estimateBps, demands);
        }
    }

    private long bps(int i) {
        Rung rung = allocator.rung(i);
        return rung == null ? 0 : rung.bps();
    }

    private Reason reason(long track) {
        Decision decision = allocator.decision(track);
        assertThat(decision).isNotNull();
        return decision.reason();
    }

    @Test
    void givesWhatIsWantedWhileItFits() {
        allocate(2_000_000, camera(1));
        assertThat(bps(0)).isEqualTo(1_500_000);
        assertThat(reason(1)).isEqualTo(Reason.AS_WANTED);
        assertThat(allocator.wishBps()).isBetween(1_700_000L, 1_900_000L);
    }

    @Test
    void countsAudioFirst() {
        allocate(1_500_000 + AUDIO - 1, camera(1));
        assertThat(bps(0)).isEqualTo(500_000);
        allocate(1_500_000 + AUDIO, camera(2));
        assertThat(bps(0)).isEqualTo(1_500_000);
    }

    @Test
    void everyoneGetsASmallPictureBeforeAnyoneGetsALargeOne() {
        allocate(AUDIO + 320_000, camera(1, 1, 0), camera(2, 5, 0), camera(3, 5, 0));
        assertThat(bps(0)).isEqualTo(100_000);
        assertThat(bps(1)).isEqualTo(100_000);
        assertThat(bps(2)).isEqualTo(100_000);
    }

    @Test
    void importantRolesAreRaisedFirst() {
        allocate(AUDIO + 1_750_000, camera(1, 3, 900_000), camera(2, 1, 0));
        assertThat(bps(0)).isEqualTo(150_000);
        assertThat(bps(1)).isEqualTo(1_500_000);
    }

    @Test
    void aScreenShareGoesBeforeCamerasOfItsPriorityAndAPinnedOneBeforeALargeOne() {
        VideoDemand screen = new VideoDemand(1, 1, true, false, 0, VideoLayer.HIGH, CAMERA);
        allocate(AUDIO + 1_700_000, camera(2, 1, 2_000_000), screen);
        assertThat(bps(1)).isEqualTo(1_500_000);
        VideoDemand pinned = new VideoDemand(3, 1, false, true, 0, VideoLayer.HIGH, CAMERA);
        allocate(AUDIO + 1_700_000, camera(4, 1, 2_000_000), pinned);
        assertThat(bps(1)).isEqualTo(1_500_000);
    }

    @Test
    void equalsShareFairlyTheLargestFirst() {
        allocate(AUDIO + 1_100_000, camera(1, 1, 10), camera(2, 1, 20), camera(3, 1, 30));
        assertThat(bps(2)).isEqualTo(500_000);
        assertThat(bps(0)).isEqualTo(150_000);
        assertThat(bps(1)).isEqualTo(150_000);
    }

    @Test
    void fallsAtOnceAndRisesOnlyWithHeadroomAndAfterAWhile() {
        allocate(AUDIO + 1_600_000, camera(1));
        allocate(AUDIO + 900_000, camera(1));
        assertThat(bps(0)).isEqualTo(500_000);
        assertThat(reason(1)).isEqualTo(Reason.BANDWIDTH);
        keep(5 * SECOND, AUDIO + 1_520_000, camera(1));
        assertThat(bps(0)).isEqualTo(500_000);
        assertThat(reason(1)).isEqualTo(Reason.WAITING);
        keep(SECOND / 5, AUDIO + 1_700_000, camera(1));
        assertThat(bps(0)).isEqualTo(1_500_000);
    }

    /// Estimates breathe and key frames are big; a change of layer costs a key frame too.
    @Test
    void whatFlowsMayExceedTheEstimateALittle() {
        allocate(AUDIO + 1_600_000, camera(1));
        keep(5 * SECOND, AUDIO + 1_400_000, camera(1));
        assertThat(bps(0)).isEqualTo(1_500_000);
        assertThat(reason(1)).isEqualTo(Reason.AS_WANTED);
        allocate(AUDIO + 1_380_000, camera(1));
        assertThat(bps(0)).isEqualTo(500_000);
        assertThat(reason(1)).isEqualTo(Reason.BANDWIDTH);
    }

    @Test
    void aRaiseThatDidNotLastMakesTheNextOneWaitLonger() {
        allocate(AUDIO + 600_000, camera(1));
        int changes = 0;
        long last = bps(0);
        for (int i = 0; i < 60; i++) {
            keep(SECOND / 2, AUDIO + (i % 2 == 0 ? 1_700_000 : 1_000_000), camera(1));
            changes += bps(0) != last ? 1 : 0;
            last = bps(0);
        }
        assertThat(changes).isLessThan(14);
    }

    @Test
    void aWishIsObeyedAtOnce() {
        allocate(2_000_000, wanting(1, VideoLayer.LOW));
        assertThat(bps(0)).isEqualTo(150_000);
        nowNs += 1;
        allocate(2_000_000, wanting(1, VideoLayer.HIGH));
        assertThat(bps(0)).isEqualTo(1_500_000);
        allocate(2_000_000, wanting(1, VideoLayer.NONE));
        assertThat(bps(0)).isZero();
        assertThat(reason(1)).isEqualTo(Reason.NOT_WANTED);
        allocate(2_000_000, wanting(1, VideoLayer.MEDIUM));
        assertThat(bps(0)).isEqualTo(500_000);
    }

    @Test
    void switchesOffLastAndOnlyAfterTheGraceTimeAndComesBackByItself() {
        VideoDemand[] both = {camera(1, 1, 0), camera(2, 2, 0)};
        allocate(AUDIO + 400_000, both);
        keep(SECOND * 9 / 10, AUDIO + 120_000, both);
        assertThat(bps(1)).isEqualTo(100_000);
        assertThat(reason(2)).isEqualTo(Reason.GRACE);
        keep(SECOND / 2, AUDIO + 120_000, both);
        assertThat(bps(0)).isEqualTo(100_000);
        assertThat(bps(1)).isZero();
        assertThat(reason(2)).isEqualTo(Reason.SWITCHED_OFF);
        keep(SECOND * 38 / 10, AUDIO + 400_000, both);
        assertThat(bps(1)).isZero();
        keep(SECOND / 2, AUDIO + 400_000, both);
        assertThat(bps(1)).isPositive();
    }

    @Test
    void theRoleSaysHowLongAVideoIsKeptAndHowLongItHasToFitAgain() {
        allocator.degradation(new Degradation(true, 3 * SECOND, SECOND));
        allocate(AUDIO + 400_000, camera(1));
        keep(SECOND * 29 / 10, AUDIO + 20_000, camera(1));
        assertThat(reason(1)).isEqualTo(Reason.GRACE);
        keep(SECOND / 2, AUDIO + 20_000, camera(1));
        assertThat(reason(1)).isEqualTo(Reason.SWITCHED_OFF);
        keep(SECOND * 9 / 10, AUDIO + 400_000, camera(1));
        assertThat(bps(0)).isZero();
        keep(SECOND / 2, AUDIO + 400_000, camera(1));
        assertThat(bps(0)).isPositive();
    }

    @Test
    void aRoleMayWantNoVideoSwitchedOff() {
        allocator.degradation(ALWAYS_ON);
        allocate(AUDIO + 400_000, camera(1));
        keep(20 * SECOND, AUDIO + 20_000, camera(1));
        assertThat(bps(0)).isEqualTo(100_000);
        assertThat(reason(1)).isEqualTo(Reason.GRACE);
        assertThat(allocator.decision(1)).extracting(Decision::degraded).isEqualTo(true);
    }

    @Test
    void nobodyGetsTheShareOfAVideoThatIsSentWithoutFitting() {
        VideoDemand[] both = {camera(1, 1, 0), camera(2, 2, 0)};
        allocate(AUDIO + 150_000, both);
        assertThat(bps(0)).isEqualTo(150_000);
        allocator.degradation(ALWAYS_ON);
        keep(5 * SECOND, AUDIO + 150_000, both);
        assertThat(bps(0)).isEqualTo(100_000);
        assertThat(bps(1)).isEqualTo(100_000);
    }

    @Test
    void anotherRoleHoldsForWhatIsSwitchedOffAlready() {
        allocate(AUDIO + 400_000, camera(1));
        keep(2 * SECOND, AUDIO + 20_000, camera(1));
        assertThat(reason(1)).isEqualTo(Reason.SWITCHED_OFF);
        allocator.degradation(ALWAYS_ON);
        allocate(AUDIO + 20_000, camera(1));
        assertThat(bps(0)).isEqualTo(100_000);
        allocator.degradation(Degradation.DEFAULT);
        nowNs += SECOND;
        allocate(AUDIO + 20_000, camera(1));
        assertThat(bps(0)).isZero();
    }

    @Test
    void aShortDipDoesNotSwitchOff() {
        allocate(AUDIO + 400_000, camera(1));
        keep(SECOND / 2, AUDIO + 20_000, camera(1));
        keep(SECOND, AUDIO + 400_000, camera(1));
        keep(SECOND * 8 / 10, AUDIO + 20_000, camera(1));
        assertThat(bps(0)).isEqualTo(100_000);
    }

    @Test
    void theOnlyVideoMayExceedTheEstimateALittle() {
        keep(10 * SECOND, AUDIO + 85_000, camera(1));
        assertThat(bps(0)).isEqualTo(100_000);
    }

    @Test
    void takesTheNearestLayerAboveWhenNoneBelowIsSent() {
        List<Rung> high = List.of(new Rung(VideoLayer.HIGH, 0, 1_000_000));
        allocate(5_000_000, new VideoDemand(1, 1, false, false, 0, VideoLayer.LOW, high));
        assertThat(bps(0)).isEqualTo(1_000_000);
        allocate(5_000_000, new VideoDemand(1, 1, false, false, 0, VideoLayer.LOW, List.of()));
        assertThat(bps(0)).isZero();
        assertThat(reason(1)).isEqualTo(Reason.NOT_SENT);
        allocate(5_000_000, new VideoDemand(1, 1, false, false, 0, VideoLayer.LOW, high));
        assertThat(bps(0)).isEqualTo(1_000_000);
    }

    @Test
    void explainsEachChangeOnce() {
        allocate(AUDIO + 600_000, camera(1));
        Decision first = allocator.decision(1);
        nowNs += SECOND / 10;
        allocate(AUDIO + 610_000, camera(1));
        assertThat(allocator.decision(1)).isSameAs(first);
        assertThat(first)
                .isEqualTo(new Decision(
                        1,
                        VideoLayer.MEDIUM,
                        1,
                        VideoLayer.HIGH,
                        Reason.BANDWIDTH,
                        500_000,
                        1_500_000,
                        AUDIO + 600_000,
                        SECOND));
        assertThat(first.degraded()).isTrue();
        allocate(AUDIO + 610_000, camera(2));
        assertThat(allocator.decision(1)).isNull();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AllocatorSettings(0.2, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AllocatorSettings(1, 2, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void staysWithinTheEstimateAndLeavesNoImportantVideoBehind(
            @ForAll long seed, @ForAll @IntRange(max = 20) int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Allocator any = new Allocator(AllocatorSettings.DEFAULT);
        List<VideoDemand> demands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            demands.add(camera(i, 1 + random.nextInt(5), random.nextInt(3) * 1000));
        }
        long now = SECOND;
        for (int step = 0; step < 100; step++) {
            long estimate = random.nextLong(AUDIO + 125_000, 6_000_000);
            // Twice the grace time later nothing may exceed the estimate by more than what flows already may.
            for (int k = 0; k < 20; k++) {
                now += SECOND / 10;
                any.allocate(now, estimate, AUDIO, demands);
            }
            long total = 0;
            for (int i = 0; i < count; i++) {
                Rung rung = any.rung(i);
                total += rung == null ? 0 : rung.bps();
            }
            assertThat(total).isLessThanOrEqualTo((long) ((estimate - AUDIO) * 1.08));
        }
    }
}
