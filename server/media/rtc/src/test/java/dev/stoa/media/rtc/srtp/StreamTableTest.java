package dev.stoa.media.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamTableTest {
    @Test
    void findsEachOfManyStreamsAndNoOther() {
        StreamTable table = new StreamTable(1000);
        ReplayWindow[] windows = new ReplayWindow[1000];
        for (int i = 0; i < 1000; i++) {
            windows[i] = new ReplayWindow();
            table.add(i * 0x0100_0000 + i, windows[i]);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(table.find(i * 0x0100_0000 + i)).isSameAs(windows[i]);
        }
        assertThat(table.find(0xCAFE)).isNull();
        assertThat(table.size()).isEqualTo(1000);
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        StreamTable table = new StreamTable(1);
        table.add(7, new ReplayWindow());
        assertThat(table.isFull()).isTrue();
        assertThatThrownBy(() -> table.add(8, new ReplayWindow())).isInstanceOf(IllegalStateException.class);
    }
}
