package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SsrcMapTest {
    @Property
    void behavesAsAMap(@ForAll @Size(max = 200) int[] ssrcs, @ForAll @IntRange(min = 0, max = 7) int removed) {
        SsrcMap<Integer> map = new SsrcMap<>(1_000);
        Map<Integer, Integer> model = new HashMap<>();
        Integer[] values = {0, 1, 2, 3, 4, 5, 6, 7};
        for (int ssrc : ssrcs) {
            map.put(ssrc, values[ssrc & 7]);
            model.put(ssrc, values[ssrc & 7]);
        }
        map.removeValue(values[removed]);
        model.values().removeIf(value -> value == removed);
        assertThat(map.size()).isEqualTo(model.size());
        for (int ssrc : ssrcs) {
            assertThat(map.get(ssrc)).isEqualTo(model.get(ssrc));
        }
    }

    @Test
    void isBoundedSinceClientsChooseSsrcs() {
        SsrcMap<String> map = new SsrcMap<>(3);
        assertThat(map.put(1, "a")).isTrue();
        assertThat(map.put(2, "b")).isTrue();
        assertThat(map.put(3, "c")).isTrue();
        assertThat(map.put(4, "d")).isFalse();
        assertThat(map.put(3, "e")).isTrue();
        assertThat(map.get(3)).isEqualTo("e");
        assertThat(map.get(4)).isNull();
    }
}
