package dev.stoa.media.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrainsTest {
    private static final int SLOTS = 64;

    private final Trains trains = new Trains(SLOTS);
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Integer> destinations = new ArrayList<>();

    @Test
    void equalDatagramsToOneDestinationAreOneTrain() {
        addAll(1, 1200, 1200, 1200);
        assertThat(slots()).containsExactly(List.of(0, 1, 2));
        assertThat(trains.segmentBytes(0)).isEqualTo(1200);
        assertThat(trains.bytes(0)).isEqualTo(3600);
    }

    @Test
    void aShorterDatagramEndsItsTrain() {
        addAll(1, 1200, 1200, 700, 1200, 700);
        assertThat(slots()).containsExactly(List.of(0, 1, 2), List.of(3, 4));
    }

    @Test
    void aLongerDatagramBeginsATrain() {
        addAll(1, 1199, 1200, 1200);
        assertThat(slots()).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void destinationsThatAlternateHaveATrainEach() {
        for (int i = 0; i < 6; i++) {
            addAll(i % 3, 1000);
        }
        assertThat(slots()).containsExactly(List.of(0, 3), List.of(1, 4), List.of(2, 5));
    }

    @Test
    void aTrainHasAnEnd() {
        for (int i = 0; i < Trains.MAX_SEGMENTS + 2; i++) {
            addAll(1, 100);
        }
        assertThat(trains.count()).isEqualTo(2);
        assertThat(trains.segments(0)).isEqualTo(Trains.MAX_SEGMENTS);
        assertThat(trains.segments(1)).isEqualTo(2);
    }

    @Test
    void datagramsThatShallGoAloneDo() {
        addAll(1, 100);
        trains.add(1, 0, 1, 1001, 100, true);
        trains.add(2, 0, 1, 1001, 100, false);
        assertThat(slots()).containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void destinationsThatDifferInOnePartOnlyAreKeptApart() {
        trains.add(0, 1, 1, 1, 100, false);
        trains.add(1, 1, 1, 2, 100, false);
        trains.add(2, 1, 2, 1, 100, false);
        trains.add(3, 2, 1, 1, 100, false);
        assertThat(trains.count()).isEqualTo(4);
    }

    @Property
    void everyTrainObeysTheKernelAndKeepsTheOrderOfItsDestination(
            @ForAll @Size(max = SLOTS) List<@IntRange(min = 0, max = 4) Integer> to,
            @ForAll @Size(SLOTS) List<@IntRange(min = 0, max = 3) Integer> sizes) {
        // Twice: nothing of the first flush may be left in the second.
        for (int round = 0; round < 2; round++) {
            trains.clear();
            lengths.clear();
            destinations.clear();
            for (int i = 0; i < to.size(); i++) {
                addAll(to.get(i), 1200 - sizes.get(i));
            }
            obeysTheKernel();
            keepsTheOrder();
        }
    }

    private void obeysTheKernel() {
        List<Integer> seen = new ArrayList<>();
        for (List<Integer> train : slots()) {
            seen.addAll(train);
            assertThat(train).hasSizeLessThanOrEqualTo(Trains.MAX_SEGMENTS);
            int size = lengths.get(train.getFirst());
            for (int slot : train.subList(0, train.size() - 1)) {
                assertThat(lengths.get(slot)).isEqualTo(size);
            }
            assertThat(lengths.get(train.getLast())).isLessThanOrEqualTo(size);
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(lengths.size());
    }

    private void keepsTheOrder() {
        Map<Integer, Integer> last = new HashMap<>();
        for (List<Integer> train : slots()) {
            for (int slot : train) {
                Integer before = last.put(destinations.get(slot), slot);
                assertThat(before == null || before < slot).isTrue();
            }
        }
    }

    private void addAll(int destination, int... sizes) {
        for (int size : sizes) {
            trains.add(lengths.size(), 0, destination, 1000 + destination, size, false);
            lengths.add(size);
            destinations.add(destination);
        }
    }

    private List<List<Integer>> slots() {
        List<List<Integer>> all = new ArrayList<>();
        for (int train = 0; train < trains.count(); train++) {
            List<Integer> slots = new ArrayList<>();
            for (int slot = trains.firstSlot(train); slot >= 0; slot = trains.nextSlot(slot)) {
                slots.add(slot);
            }
            assertThat(slots).hasSize(trains.segments(train));
            all.add(slots);
        }
        return all;
    }
}
