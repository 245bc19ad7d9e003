package dev.stoa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is old goes, what is not stays; the clock is the test's.
final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    /// Rows that are an age of so many hours, in memory.
    private static final class Rows implements Retention.Forgetting {
        private final NavigableSet<Instant> rows = new TreeSet<>();
        private final List<Integer> statements = new ArrayList<>();

        Rows(int hours) {
            IntStream.rangeClosed(1, hours).forEach(age -> rows.add(NOW.minus(Duration.ofHours(age))));
        }

        @Override
        public int forget(Instant before, int limit) {
            List<Instant> old = rows.headSet(before).stream().limit(limit).toList();
            old.forEach(rows::remove);
            statements.add(old.size());
            return old.size();
        }
    }

    @Test
    void eachKindIsKeptForItsOwnTime() {
        Rows history = new Rows(100);
        Rows audit = new Rows(100);
        List<Retention.Kept> all = List.of(
                new Retention.Kept("history", Duration.ofDays(2), history),
                new Retention.Kept("audit", Duration.ofDays(3), audit));

        Retention.forget(NOW, all);
        assertThat(history.rows).hasSize(48);
        assertThat(audit.rows).hasSize(72);

        Retention.forget(NOW.plus(Duration.ofHours(5)), all);
        assertThat(history.rows).hasSize(43);
        assertThat(audit.rows).hasSize(67);
    }

    @Test
    void muchIsForgottenPieceByPiece() {
        Rows rows = new Rows(2 * Retention.AT_ONCE + 10);

        Retention.forget(NOW, List.of(new Retention.Kept("rows", Duration.ofMinutes(1), rows)));

        assertThat(rows.rows).isEmpty();
        assertThat(rows.statements).containsExactly(Retention.AT_ONCE, Retention.AT_ONCE, 10);
    }

    @Test
    void aFailureOfOneKindDoesNotKeepTheOthers() {
        Rows rows = new Rows(10);

        Retention.forget(
                NOW,
                List.of(
                        new Retention.Kept("lost", Duration.ZERO, (before, limit) -> {
                            throw new StoreUnavailableException("away", new IllegalStateException());
                        }),
                        new Retention.Kept("broken", Duration.ZERO, (before, limit) -> {
                            throw new IllegalStateException("broken");
                        }),
                        new Retention.Kept("rows", Duration.ZERO, rows)));

        assertThat(rows.rows).isEmpty();
    }
}
