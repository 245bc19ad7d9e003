package dev.stoa.media.io.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Framing of RFC 4571 §2: two bytes of length, then the packet.
class FrameReaderTest {
    private final FrameReader reader = new FrameReader();

    @Test
    void takesAFrameThatComesByteByByte() {
        byte[] stream = frames(3);
        for (int i = 0; i < stream.length - 1; i++) {
            reader.buffer().put(stream[i]);
            assertThat(reader.next()).isNull();
        }
        reader.buffer().put(stream[stream.length - 1]);
        assertThat(reader.next()).hasSize(3);
        assertThat(reader.next()).isNull();
    }

    @Test
    void takesFramesThatComeTogether() {
        reader.buffer().put(frames(3, 1, 200));
        assertThat(reader.next()).hasSize(3);
        assertThat(reader.next()).hasSize(1);
        assertThat(reader.next()).hasSize(200);
        assertThat(reader.next()).isNull();
    }

    @Test
    void skipsEmptyFrames() {
        reader.buffer().put(frames(0, 0, 2, 0));
        assertThat(reader.next()).hasSize(2);
        assertThat(reader.next()).isNull();
        assertThat(reader.isBroken()).isFalse();
    }

    @Test
    void takesTheLongestFrame() {
        reader.buffer().put(frames(FrameReader.MAX_FRAME));
        assertThat(reader.next()).hasSize(FrameReader.MAX_FRAME);
        assertThat(reader.isBroken()).isFalse();
    }

    @Test
    void breaksAtALongerOneAndStaysBroken() {
        reader.buffer().put(frames(1)).putShort((short) (FrameReader.MAX_FRAME + 1));
        assertThat(reader.next()).hasSize(1);
        assertThat(reader.next()).isNull();
        assertThat(reader.isBroken()).isTrue();
        reader.buffer().put(frames(1));
        assertThat(reader.next()).isNull();
    }

    /// However the stream is cut, the frames are the same.
    @Property(tries = 200)
    void cutsDoNotMatter(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = FrameReader.MAX_FRAME) Integer> sizes,
            @ForAll long seed) {
        FrameReader fresh = new FrameReader();
        byte[] stream = frames(sizes.stream().mapToInt(Integer::intValue).toArray());
        Random cuts = new Random(seed);
        List<Integer> got = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            ByteBuffer buffer = fresh.buffer();
            int length = Math.min(stream.length - at, 1 + cuts.nextInt(buffer.remaining()));
            buffer.put(stream, at, length);
            at += length;
            for (byte[] frame = fresh.next(); frame != null; frame = fresh.next()) {
                assertThat(frame).containsOnly(frame.length % 251);
                got.add(frame.length);
            }
        }
        assertThat(got).isEqualTo(sizes.stream().filter(size -> size > 0).toList());
        assertThat(fresh.isBroken()).isFalse();
    }

    /// Each frame is filled with a value that follows from its length.
    private static byte[] frames(int... sizes) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int size : sizes) {
            stream.write(size >>> 8);
            stream.write(size);
            for (int i = 0; i < size; i++) {
                stream.write(size % 251);
            }
        }
        return stream.toByteArray();
    }
}
