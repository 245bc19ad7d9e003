package dev.stoa.media.sfu.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordRingTest {
    private final RecordRing ring = new RecordRing(1024);
    private final RecordRing.Writer writer = ring.writer();
    private final RecordRing.Reader reader = ring.reader();

    @Test
    void givesRecordsInOrderWithKindAndBytes() {
        assertThat(reader.next()).isFalse();
        write(writer, 7, 5, (byte) 1);
        write(writer, 8, 16, (byte) 2);

        assertThat(reader.isEmpty()).isFalse();
        assertRecord(reader, 7, 5, (byte) 1);
        assertRecord(reader, 8, 16, (byte) 2);
        assertThat(reader.isEmpty()).isTrue();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void nothingIsSeenBeforeTheCommit() {
        writer.claim(1, 8);
        assertThat(reader.isEmpty()).isTrue();
        assertThat(reader.next()).isFalse();
        writer.commit();
        assertThat(reader.next()).isTrue();
    }

    @Test
    void refusesAndCountsWhenFullAndTakesAgainWhenTheReaderHasFreed() {
        int records = 0;
        while (write(writer, 1, 100, (byte) records)) {
            records++;
        }
        assertThat(records).isEqualTo(1024 / 112);
        assertThat(writer.refused()).isEqualTo(1);

        assertThat(reader.next()).isTrue();
        assertThat(writer.claim(1, 100))
                .as("the present record is not free yet")
                .isEqualTo(-1);
        reader.free();
        assertThat(write(writer, 1, 100, (byte) 99)).isTrue();
    }

    @Test
    void aRecordLongerThanAQuarterIsRefused() {
        assertThat(writer.claim(1, 256)).isEqualTo(-1);
        assertThat(writer.claim(1, 248)).isNotNegative();
    }

    @Test
    void saysOnceThatThereIsSomethingNew() {
        assertThat(writer.takeFresh()).isFalse();
        write(writer, 1, 8, (byte) 1);
        assertThat(writer.takeFresh()).isTrue();
        assertThat(writer.takeFresh()).isFalse();
    }

    /// Against a queue: any mixture of lengths, writing and reading at any pace.
    @Property(tries = 300)
    void behavesAsAQueueOfBytes(@ForAll @Size(max = 400) java.util.List<@IntRange(min = -3, max = 250) Integer> steps) {
        RecordRing any = new RecordRing(1024);
        Queue<Integer> expected = new ArrayDeque<>();
        int number = 0;
        for (int step : steps) {
            if (step < 0) {
                boolean there = any.reader().next();
                assertThat(there).isEqualTo(!expected.isEmpty());
                if (there) {
                    int length = expected.remove();
                    assertThat(any.reader().length()).isEqualTo(length);
                    assertFilled(any.reader(), (byte) any.reader().kind());
                }
                any.reader().free();
            } else if (write(any.writer(), number & 0x7F, step, (byte) (number & 0x7F))) {
                expected.add(step);
                number++;
            } else {
                int held = expected.stream().mapToInt(length -> length + 16).sum();
                // Two ends may be lost to fillers, of almost a quarter each.
                assertThat(step > 248 || held + step + 16 + 2 * 256 > 1024)
                        .as("refused %d bytes although only %d were held", step, held)
                        .isTrue();
            }
        }
    }

    /// Two threads, a small ring that wraps and fills all the time: every record arrives once, in order and whole.
    @Test
    @Timeout(60)
    void carriesEveryRecordInOrderBetweenTwoThreads() throws InterruptedException {
        RecordRing small = new RecordRing(4096);
        int records = 2_000_000;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread other = Thread.ofPlatform().unstarted(() -> produce(small.writer(), records));
        other.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        other.start();
        RecordRing.Reader in = small.reader();
        int expected = 0;
        while (expected < records && failure.get() == null) {
            if (!in.next()) {
                Thread.onSpinWait();
                continue;
            }
            int length = 8 + expected % 61 * 8;
            if (in.kind() != (expected & 0xFFFF) || in.length() != length) {
                throw new AssertionError("record " + expected + " is of kind " + in.kind() + ", " + in.length());
            }
            for (int at = 0; at < length; at += 8) {
                long value = in.slab().get(ValueLayout.JAVA_LONG, in.offset() + at);
                if (value != expected + (long) at) {
                    throw new AssertionError("record " + expected + " holds " + value + " at " + at);
                }
            }
            expected++;
        }
        in.free();
        other.join();
        assertThat(failure.get()).isNull();
        assertThat(expected).isEqualTo(records);
        assertThat(in.isEmpty()).isTrue();
    }

    private static void produce(RecordRing.Writer out, int records) {
        for (int i = 0; i < records; ) {
            int length = 8 + i % 61 * 8;
            long at = out.claim(i & 0xFFFF, length);
            if (at < 0) {
                Thread.onSpinWait();
                continue;
            }
            for (int k = 0; k < length; k += 8) {
                out.slab().set(ValueLayout.JAVA_LONG, at + k, i + (long) k);
            }
            out.commit();
            i++;
        }
    }

    private static boolean write(RecordRing.Writer writer, int kind, int length, byte fill) {
        long at = writer.claim(kind, length);
        if (at < 0) {
            return false;
        }
        writer.slab().asSlice(at, length).fill(fill);
        writer.commit();
        return true;
    }

    private static void assertRecord(RecordRing.Reader reader, int kind, int length, byte fill) {
        assertThat(reader.next()).isTrue();
        assertThat(reader.kind()).isEqualTo(kind);
        assertThat(reader.length()).isEqualTo(length);
        assertFilled(reader, fill);
    }

    private static void assertFilled(RecordRing.Reader reader, byte fill) {
        byte[] bytes = reader.slab().asSlice(reader.offset(), reader.length()).toArray(ValueLayout.JAVA_BYTE);
        for (byte one : bytes) {
            assertThat(one).isEqualTo(fill);
        }
    }
}
