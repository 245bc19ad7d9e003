package dev.stoa.rooms.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldsTest {
    @Test
    void eachWrongFieldGetsItsOwnSentence() {
        Fields fields = Fields.of(Map.of("a", 1, "b", Map.of("c", "x"), "d", List.of(Map.of("e", true), 2)));
        assertThat(fields.text("a", 10)).isNull();
        Fields b = fields.object("b");
        assertThat(b).isNotNull();
        assertThat(b.integer("c")).isNull();
        List<Fields> d = fields.objects("d");
        assertThat(d).hasSize(1);
        assertThat(d.getFirst().text("e", 10)).isNull();

        assertThat(fields.problems())
                .containsExactly(
                        "Invalid body param: a must be a string",
                        "Invalid body param: b.c must be an integer",
                        "Invalid body param: d[1] must be an object",
                        "Invalid body param: d[0].e must be a string");
    }

    @Test
    void secretsAreMaskedAndMasksGiveWayToTheSecret() {
        Map<String, Object> kept = Map.of("upload", Map.of("credentials", Map.of("key", "k", "secretKey", "hush")));
        Map<String, Object> shown = Secrets.masked(kept);

        assertThat(shown.toString()).contains(Secrets.MASK).doesNotContain("hush");
        assertThat(Secrets.restored(shown, kept)).isEqualTo(kept);
        assertThat(Secrets.restored(Map.of("secret", "new"), Map.of("secret", "old")))
                .isEqualTo(Map.of("secret", "new"));
    }
}
