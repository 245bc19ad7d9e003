package dev.stoa.media.rtc.rtx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketRingTest {
    private final PacketRing ring = new PacketRing(64, 100);
    private final MemorySegment packet = MemorySegment.ofArray(new byte[200]);

    static IntStream starts() {
        return IntStream.range(0, 16).map(i -> 2 * 65_536 - 8 + i);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void keepsTheNewestPackets(int start) {
        for (int i = 0; i < 200; i++) {
            store(start + i, 50 + i % 50);
        }
        for (int i = 0; i < 200; i++) {
            long seq = start + i;
            assertThat(ring.contains(seq)).isEqualTo(i >= 136);
            assertThat(ring.length(seq)).isEqualTo(i >= 136 ? 50 + i % 50 : -1);
            if (i >= 136) {
                assertThat(Wire.i64(ring.segment(), ring.offset(seq))).isEqualTo(seq);
            }
        }
    }

    @Test
    void aLatePacketDoesNotReplaceANewerOne() {
        store(70_000 + 64, 60);
        assertThat(ring.store(0, 70_000, packet, 0, 60)).isFalse();
        assertThat(ring.contains(70_000 + 64)).isTrue();
        assertThat(ring.contains(70_000)).isFalse();
    }

    @Test
    void refusesWhatIsLongerThanASlot() {
        assertThat(ring.store(0, 70_000, packet, 0, 101)).isFalse();
        assertThat(ring.store(0, 70_000, packet, 0, 100)).isTrue();
    }

    @Test
    void takesItsMemoryWithTheFirstPacketOnly() {
        assertThat(ring.segment().byteSize()).isZero();
        store(70_000, 10);
        assertThat(ring.segment().byteSize()).isEqualTo(6400);
    }

    @Test
    void roundsTheNumberOfSlotsUp() {
        assertThat(new PacketRing(64, 100).slots()).isEqualTo(64);
        assertThat(new PacketRing(65, 100).slots()).isEqualTo(128);
        assertThat(new PacketRing(1, 100).slots()).isEqualTo(2);
    }

    private void store(long seq, int length) {
        Wire.put64(packet, 3, seq);
        assertThat(ring.store(0, seq, packet, 3, length)).isTrue();
    }
}
