package dev.stoa.rooms.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.testing.SteppingTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Identifiers: section 1.3 of the server API reference.
final class RandomIdsTest {
    private final SteppingTime time = new SteppingTime();
    private final IdSource ids = new RandomIds(new Random(3), time);

    @Test
    void objectIdsSortByTheTimeTheyWereMade() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.objectId());
            time.advance(Duration.ofMillis(i % 3 == 0 ? 700 : 0));
        }
        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{24}"));
        assertThat(Long.parseLong(made.getFirst().substring(0, 8), 16)).isEqualTo(1_772_438_400L);
    }

    @Test
    void uuidsAreOfVersionFour() {
        for (int i = 0; i < 100; i++) {
            UUID uuid = UUID.fromString(ids.uuid());
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
        }
    }

    @Test
    void roomCodesAreThreeGroupsOfLetters() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.roomCode());
        }
        assertThat(made).hasSize(1000).allMatch(code -> code.matches("[a-z]{3}-[a-z]{4}-[a-z]{3}"));
    }

    @Test
    void secretsAreLongEnoughForTheirHash() {
        assertThat(ids.secret()).matches("[A-Za-z0-9]{64}").isNotEqualTo(ids.secret());
    }
}
