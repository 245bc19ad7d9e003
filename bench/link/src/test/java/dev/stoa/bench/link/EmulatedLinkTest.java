package dev.stoa.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stoa.bench.link.EmulatedLink.Flight;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The emulated link does what its script says, in virtual time.
class EmulatedLinkTest {
    private static final long MS = 1_000_000;
    private static final int PAYLOAD = 1_000 - EmulatedLink.HEADER_BYTES;

    private record Arrival(long atMs, int number) {}

    /// A link and a sender of numbered datagrams of 1,000 bytes with headers.
    private static final class Line {
        private final EmulatedLink up;
        private final EmulatedLink down;
        private final List<Arrival> arrivals = new ArrayList<>();
        private long nowMs = 1_000;
        private int number;

        Line(long seed, String... steps) {
            up = new EmulatedLink(seed);
            down = new EmulatedLink(~seed);
            script(steps);
        }

        void script(String... steps) {
            for (String step : steps) {
                LinkStep.parse(step).apply(nowMs * MS, up, down);
            }
        }

        /// @param perMs datagrams each millisecond
        Line run(int ms, int perMs) {
            for (int i = 0; i < ms; i++, nowMs++) {
                for (int j = 0; j < perMs; j++) {
                    down.send(nowMs * MS, number++, new byte[PAYLOAD]);
                }
                Flight flight;
                while ((flight = down.poll(nowMs * MS)) != null) {
                    arrivals.add(new Arrival(nowMs, flight.flow()));
                }
            }
            return this;
        }

        long arrivedBetween(long fromMs, long toMs) {
            return arrivals.stream()
                    .filter(arrival -> arrival.atMs >= fromMs && arrival.atMs < toMs)
                    .count();
        }
    }

    @Test
    void carriesAtItsRateWhateverIsOffered() {
        Line line = new Line(1, "down rate=800k queue=300ms").run(10_000, 1);
        // 800 kbit/s are 100 datagrams of 1,000 bytes a second, headers included.
        assertThat((double) line.arrivedBetween(2_000, 11_000)).isCloseTo(900, within(2.0));
    }

    @Test
    void queuesAsLongAsItMayThenDrops() {
        Line line = new Line(1, "down rate=800k queue=300ms").run(5_000, 1);
        Arrival last = line.arrivals.getLast();
        long sentMs = 1_000 + last.number;
        assertThat(last.atMs - sentMs).isBetween(270L, 310L);
    }

    @Test
    void keepsItsQueueTimeWhenTheRateChanges() {
        Line line = new Line(1, "down rate=8M queue=200ms");
        line.run(1_000, 2);
        line.script("down rate=800k");
        line.run(6_000, 1);
        assertThat((double) line.arrivedBetween(5_000, 7_000)).isCloseTo(200, within(3.0));
        Arrival last = line.arrivals.getLast();
        assertThat(last.atMs - (2_000 + last.number - 2_000)).isBetween(170L, 220L);
    }

    @Test
    void losesItsShareAndTheSameDatagramsForTheSameSeed() {
        Line line = new Line(7, "both loss=10%").run(10_000, 1);
        assertThat(line.arrivals).hasSizeBetween(8_850, 9_150);
        assertThat(new Line(7, "both loss=10%").run(10_000, 1).arrivals).isEqualTo(line.arrivals);
        assertThat(new Line(8, "both loss=10%").run(10_000, 1).arrivals).isNotEqualTo(line.arrivals);
    }

    @Test
    void losesBursts() {
        Line line = new Line(3, "down burst=1%x5").run(10_000, 1);
        for (int i = 1; i < line.arrivals.size(); i++) {
            int hole = line.arrivals.get(i).number - line.arrivals.get(i - 1).number - 1;
            assertThat(hole % 5).isZero();
        }
        assertThat(line.arrivals).hasSizeBetween(9_300, 9_700);
    }

    @Test
    void delaysAndJitters() {
        Line line = new Line(4, "down delay=50ms jitter=20ms").run(5_000, 1);
        List<Long> delays =
                line.arrivals.stream().map(a -> a.atMs - 1_000 - a.number).toList();
        assertThat(delays).allMatch(delay -> delay >= 50 && delay <= 72).contains(50L + 15);
    }

    @Test
    void aStallHoldsEverythingThenLetsItGo() {
        Line line = new Line(5, "down delay=10ms").run(1_000, 1);
        line.script("down stall=2s");
        line.run(3_000, 1);
        assertThat(line.arrivedBetween(2_011, 4_010)).isZero();
        assertThat(line.arrivedBetween(4_010, 4_011)).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void aStalledQueueOverflows() {
        Line line = new Line(5, "down rate=8M queue=100ms").run(1_000, 1);
        line.script("down stall=2s");
        line.run(3_000, 1);
        assertThat(line.arrivedBetween(4_000, 4_101)).isBetween(90L, 110L);
    }

    @Test
    void changesOnlyWhatAStepNames() {
        Line line = new Line(6, "both delay=30ms", "down loss=100%");
        assertThat(line.down.shape().settings().delayNs()).isEqualTo(30 * MS);
        assertThat(line.up.shape().settings().loss()).isZero();
        line.script("down clean");
        assertThat(line.down.shape()).isEqualTo(LinkShape.CLEAN);
    }

    @Test
    void saysWhatIsWrongWithALine() {
        assertThat(LinkStep.parse("+1.5s up loss=5%").afterNs()).isEqualTo(1_500 * MS);
        for (String line : List.of(
                "",
                "sideways loss=5%",
                "down loss=120%",
                "down rate=fast",
                "down width=3",
                "up x",
                "down burst=5%",
                "+1s")) {
            assertThatThrownBy(() -> LinkStep.parse(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
