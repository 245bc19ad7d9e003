package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.codec.Vp8Payload;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 7741 §4.2: picture ids rise by one per frame, TL0PICIDX per base frame, KEYIDX per key frame, whatever sources
/// a stream is made of.
class Vp8NumbersTest {
    private static final int LENGTH = 20;

    private final Vp8Numbers numbers = new Vp8Numbers();
    private final Vp8Payload view = new Vp8Payload();

    /// A payload with all fields and 15 bits of picture id.
    private static MemorySegment wide(int picture, int tl0, int key) {
        return payload(0x90, 0xF0, 0x80 | picture >> 8, picture & 0xFF, tl0, key, 0x10);
    }

    /// With 7 bits of picture id.
    private static MemorySegment narrow(int picture, int tl0, int key) {
        return payload(0x90, 0xF0, picture, tl0, key, 0x10);
    }

    private static MemorySegment payload(int... head) {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < head.length; i++) {
            bytes[i] = (byte) head[i];
        }
        return MemorySegment.ofArray(bytes);
    }

    private void start(int segment, MemorySegment first) {
        numbers.startSegment(segment, first, 0, LENGTH);
    }

    private String sent(int segment, MemorySegment packet) {
        numbers.send(segment, 0, packet, 0, LENGTH);
        return text(packet);
    }

    private String text(MemorySegment packet) {
        assertThat(view.wrap(packet, 0, LENGTH)).isTrue();
        return view.pictureId() + " " + view.tl0PicIdx() + " " + view.keyIndex();
    }

    @Test
    void theFirstSourceIsSentAsItIs() {
        start(0, wide(500, 7, 3));
        assertThat(sent(0, wide(500, 7, 3))).isEqualTo("500 7 3");
        assertThat(sent(0, wide(501, 8, 3))).isEqualTo("501 8 3");
    }

    @Test
    void anotherSourceGoesOnWhereTheOneBeforeEnded() {
        start(0, wide(500, 7, 3));
        sent(0, wide(500, 7, 3));
        sent(0, wide(502, 9, 3));
        sent(0, wide(501, 8, 3));
        start(1, wide(9_000, 200, 30));
        assertThat(sent(1, wide(9_000, 200, 30))).isEqualTo("503 10 4");
        assertThat(sent(1, wide(9_001, 201, 30))).isEqualTo("504 11 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 126, 127, 128, 255, 256, 0x7FFE, 0x7FFF})
    void numbersThatWrapStayOneApart(int start) {
        start(0, wide(start, start & 0xFF, start & 0x1F));
        sent(0, wide(start, start & 0xFF, start & 0x1F));
        start(1, wide(0x7FFF, 0xFF, 0x1F));
        int next = start + 1;
        assertThat(sent(1, wide(0x7FFF, 0xFF, 0x1F)))
                .isEqualTo((next & 0x7FFF) + " " + (next & 0xFF) + " " + (next & 0x1F));
        next++;
        assertThat(sent(1, wide(0, 0, 0))).isEqualTo((next & 0x7FFF) + " " + (next & 0xFF) + " " + (next & 0x1F));
    }

    @Test
    void sevenBitIdsStaySevenBits() {
        start(0, narrow(120, 1, 1));
        sent(0, narrow(120, 1, 1));
        start(1, narrow(50, 90, 9));
        assertThat(sent(1, narrow(50, 90, 9))).isEqualTo("121 2 2");
        assertThat(sent(1, narrow(57, 97, 9))).isEqualTo("0 9 2");
        start(2, narrow(3, 3, 3));
        assertThat(sent(2, narrow(3, 3, 3))).isEqualTo("1 10 3");
    }

    @Test
    void aRepairOfAnOlderSegmentCarriesTheNumbersOfThatSegment() {
        start(0, wide(500, 7, 3));
        sent(0, wide(500, 7, 3));
        start(1, wide(9_000, 200, 30));
        sent(1, wide(9_000, 200, 30));
        start(2, wide(40, 40, 4));
        sent(2, wide(40, 40, 4));

        MemorySegment again = wide(9_000, 200, 30);
        assertThat(numbers.write(1, 0, again, 0, LENGTH)).isTrue();
        assertThat(text(again)).isEqualTo("501 8 4");
        assertThat(sent(2, wide(41, 41, 4))).isEqualTo("503 10 5");
    }

    @Test
    void payloadsWithoutTheFieldsAreLeftAlone() {
        start(0, wide(500, 7, 3));
        sent(0, wide(500, 7, 3));
        MemorySegment bare = payload(0x10, 0x10, 0, 0);
        start(1, bare);
        numbers.send(1, 0, bare, 0, LENGTH);
        assertThat(bare.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .isEqualTo(payload(0x10, 0x10, 0, 0).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        assertThat(numbers.write(1, 0, bare, 0, 0)).isFalse();
    }
}
