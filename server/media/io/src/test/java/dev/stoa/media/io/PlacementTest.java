package dev.stoa.media.io;

import static dev.stoa.media.sfu.Sfu.Purpose.PUBLISH;
import static dev.stoa.media.sfu.Sfu.Purpose.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.Sfu;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long[] QUIET = {0, 0, 0};
    private final Placement placement = new Placement(3, 2);

    @Test
    void roomsBeginWhereThereIsLeastToDo() {
        assertThat(placement.place("a", PUBLISH, new long[] {900, 100, 500})).isEqualTo(1);
        assertThat(placement.place("b", PUBLISH, QUIET)).isEqualTo(0);
        assertThat(placement.place("c", PUBLISH, QUIET)).isEqualTo(2);
        assertThat(placement.place("a", PUBLISH, QUIET)).as("a room stays").isEqualTo(1);
    }

    @Test
    void publishersStayTogetherHoweverManyTheyAre() {
        for (int i = 0; i < 50; i++) {
            assertThat(placement.place("a", PUBLISH, QUIET)).isZero();
        }
    }

    @Test
    void subscribersFillOneWorkerAfterTheOther() {
        placement.place("a", PUBLISH, QUIET);
        List<Integer> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            workers.add(placement.place("a", SUBSCRIBE, QUIET));
        }
        assertThat(workers).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void aRoomThatHasOutgrownAllGoesWhereThereIsLeastToDo() {
        placement.place("a", PUBLISH, QUIET);
        for (int i = 0; i < 6; i++) {
            placement.place("a", SUBSCRIBE, QUIET);
        }
        assertThat(placement.place("a", SUBSCRIBE, new long[] {10_000, 20_000, 5_000}))
                .isEqualTo(2);
    }

    @Test
    void aFreedPlaceAtHomeIsTakenFirst() {
        placement.place("a", PUBLISH, QUIET);
        for (int i = 0; i < 3; i++) {
            placement.place("a", SUBSCRIBE, QUIET);
        }
        placement.left("a", SUBSCRIBE, 0);
        assertThat(placement.place("a", SUBSCRIBE, QUIET)).isZero();
        assertThat(placement.place("a", SUBSCRIBE, QUIET)).isEqualTo(1);
    }

    @Test
    void anEmptyRoomMayBeginElsewhere() {
        placement.place("a", PUBLISH, QUIET);
        placement.left("a", PUBLISH, 0);
        assertThat(placement.place("a", PUBLISH, new long[] {1, 0, 0})).isEqualTo(1);
    }

    /// Whatever comes and goes, seats add up, and no worker but home has a room's first subscribers.
    @Property(tries = 100)
    void seatsAddUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int workers) {
        Random random = new Random(seed);
        Placement any = new Placement(workers, 3);
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) > 0 || seats.isEmpty()) {
                Sfu.Purpose purpose = random.nextBoolean() ? PUBLISH : SUBSCRIBE;
                String room = "r" + random.nextInt(4);
                int worker = any.place(
                        room, purpose, random.longs(workers, 0, 10_000).toArray());
                assertThat(worker).isBetween(0, workers - 1);
                seats.add(new Seat(room, purpose, worker));
            } else {
                Seat gone = seats.remove(random.nextInt(seats.size()));
                any.left(gone.room, gone.purpose, gone.worker);
            }
            assertOneHomePerRoom(seats);
        }
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            assertThat(any.seats(worker)).isEqualTo((int)
                    seats.stream().filter(seat -> seat.worker == number).count());
        }
    }

    private record Seat(String room, Sfu.Purpose purpose, int worker) {}

    private static void assertOneHomePerRoom(List<Seat> seats) {
        for (String room : List.of("r0", "r1", "r2", "r3")) {
            assertThat(seats.stream()
                            .filter(seat -> seat.room.equals(room) && seat.purpose == PUBLISH)
                            .mapToInt(Seat::worker)
                            .distinct()
                            .count())
                    .isLessThanOrEqualTo(1);
        }
    }
}
