package dev.stoa.media.rtc.pacer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MS = 1_000_000;
    private static final int BYTES = 1000;

    private static final class Recorder implements PacerOutput {
        final List<String> log = new ArrayList<>();
        long sentBytes;
        int paddings;
        boolean quiet;
        boolean canPad = true;
        int mostPadding = Integer.MAX_VALUE;

        @Override
        public int send(long nowNs, PacketClass packetClass, int stream, long seq) {
            if (!quiet) {
                log.add(packetClass + " " + stream + "/" + seq);
            }
            sentBytes += BYTES;
            return BYTES;
        }

        @Override
        public int pad(long nowNs, int bytes) {
            paddings++;
            int padded = Math.min(bytes, mostPadding);
            sentBytes += padded;
            return canPad ? padded : 0;
        }

        @Override
        public void dropped(long nowNs, int stream, int packets) {
            log.add("dropped " + stream + " x" + packets);
        }
    }

    private final Recorder output = new Recorder();
    /// 1 Mbit/s times 1.05 is 131 bytes per ms.
    private final Pacer pacer = new Pacer(PacerSettings.DEFAULT, output, 1_000_000);

    private PacerVerdict video(long nowNs, int stream, long seq) {
        return pacer.admit(nowNs, PacketClass.VIDEO, stream, seq, BYTES);
    }

    private void runTo(long fromNs, long toNs) {
        for (long now = pacer.nextTimeoutNs(); now <= toNs; now = pacer.nextTimeoutNs()) {
            assertThat(now).isGreaterThanOrEqualTo(fromNs);
            pacer.handleTimeout(now);
        }
    }

    @Test
    void audioNeverWaits() {
        for (int i = 0; i < 50; i++) {
            video(0, 1, i);
        }
        assertThat(pacer.admit(0, PacketClass.AUDIO, 2, 0, 100)).isEqualTo(PacerVerdict.SEND);
        assertThat(pacer.queuedPackets()).isPositive();
    }

    @Test
    void retransmissionsGoBeforeNewVideo() {
        int first = 0;
        while (video(0, 1, first) == PacerVerdict.SEND) {
            first++;
        }
        video(0, 1, first + 1);
        assertThat(pacer.admit(0, PacketClass.RETRANSMISSION, 1, 0, BYTES)).isEqualTo(PacerVerdict.DEFERRED);
        runTo(0, 100 * MS);
        assertThat(output.log).containsExactly("RETRANSMISSION 1/0", "VIDEO 1/" + first, "VIDEO 1/" + (first + 1));
    }

    @Test
    void videoKeepsItsOrder() {
        while (video(0, 1, 1000) == PacerVerdict.SEND) {
            assertThat(pacer.queuedPackets()).isZero();
        }
        pacer.forget(1);
        for (int i = 0; i < 100; i++) {
            assertThat(video(i, 1, i)).isEqualTo(PacerVerdict.DEFERRED);
        }
        runTo(0, 2_000 * MS);
        assertThat(output.log).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(output.log.get(i)).isEqualTo("VIDEO 1/" + i);
        }
    }

    @Test
    void spreadsAFrameAtTheFactorAboveTheEstimate() {
        for (int i = 0; i < 60; i++) {
            video(0, 1, i);
        }
        runTo(0, 200 * MS);
        // 131 bytes per ms less what the first burst has already used.
        assertThat(output.sentBytes).isBetween(24_500L, 28_000L);
        assertThat(pacer.nextTimeoutNs()).isLessThanOrEqualTo(205 * MS);
    }

    @Test
    void looksAgainWithinFiveMillisecondsWhileSomethingWaits() {
        pacer.target(50_000);
        for (int i = 0; i < 5; i++) {
            video(0, 1, i);
        }
        assertThat(pacer.nextTimeoutNs()).isLessThanOrEqualTo(5 * MS);
        pacer.forget(1);
        assertThat(pacer.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    /// What is sent faster than the path carries only waits, or is lost, further on.
    @Test
    void hurriesOnlyALittleHoweverMuchWaits() {
        pacer.target(200_000);
        for (int i = 0; i < 200; i++) {
            video(0, 1, i);
        }
        runTo(0, 1_000 * MS);
        // 25 bytes per ms, times 1.05, times 1.25.
        assertThat(output.sentBytes).isBetween(30_000L, 34_000L);
    }

    @Test
    void tellsWhichStreamLostItsDeferredPackets() {
        Pacer small = new Pacer(new PacerSettings(1.5, 0, 1000 * MS, 100 * MS, 4), output, 50_000);
        small.admit(0, PacketClass.VIDEO, 1, 0, BYTES);
        small.admit(0, PacketClass.VIDEO, 1, 1, BYTES);
        small.admit(0, PacketClass.VIDEO, 1, 2, BYTES);
        small.admit(0, PacketClass.VIDEO, 2, 3, BYTES);
        small.admit(0, PacketClass.VIDEO, 2, 4, BYTES);
        assertThat(small.admit(0, PacketClass.VIDEO, 2, 5, BYTES)).isEqualTo(PacerVerdict.DROPPED);
        assertThat(output.log).containsExactly("dropped 2 x2");
        assertThat(small.queuedPackets()).isEqualTo(2);
        small.handleTimeout(101 * MS);
        assertThat(output.log).containsExactly("dropped 2 x2", "dropped 1 x2");
        assertThat(small.queuedBytes()).isZero();
    }

    @Test
    void aProbeIsFilledWithPaddingAndKeepsItsRate() {
        pacer.startProbe(0, 7, 2_000_000, 5_000);
        long end = 0;
        for (long now = 0; now < 200 * MS && pacer.nextTimeoutNs() != Long.MAX_VALUE; now = pacer.nextTimeoutNs()) {
            pacer.handleTimeout(now);
            assertThat(pacer.packetProbe()).isEqualTo(7);
            end = now;
        }
        assertThat(output.paddings).isEqualTo(5);
        assertThat(output.sentBytes).isEqualTo(5_000);
        // Four gaps of 1000 bytes at 250 bytes per ms.
        assertThat(end).isBetween(15 * MS, 18 * MS);
        assertThat(video(300 * MS, 1, 0)).isEqualTo(PacerVerdict.SEND);
        assertThat(pacer.packetProbe()).isZero();
    }

    @Test
    void aProbeKeepsItsRateWhenTimersComeLate() {
        output.mostPadding = 280;
        pacer.startProbe(0, 7, 2_000_000, 5_000);
        for (long now = 0; now < 20 * MS; now += 5 * MS) {
            pacer.handleTimeout(now);
        }
        // 250 bytes a millisecond.
        assertThat(output.sentBytes).isBetween(3_750L, 4_750L);
    }

    @Test
    void mediaInAProbeIsPartOfIt() {
        pacer.startProbe(0, 9, 2_000_000, 5_000);
        assertThat(pacer.admit(0, PacketClass.AUDIO, 2, 0, 100)).isEqualTo(PacerVerdict.SEND);
        assertThat(pacer.packetProbe()).isEqualTo(9);
    }

    @Test
    void aProbeWithoutPaddingIsGivenUp() {
        output.canPad = false;
        pacer.startProbe(0, 1, 2_000_000, 5_000);
        pacer.handleTimeout(0);
        assertThat(pacer.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PacerSettings(0.5, 0, MS, MS, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PacerSettings(2, 6 * MS, MS, MS, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PacerSettings(2, MS, MS, MS, 63)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allocatesNothingPerPacket() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        output.quiet = true;
        pacer.target(2_000_000);
        load(0, 20_000);
        long before = thread.getCurrentThreadAllocatedBytes();
        load(20_000, 120_000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(output.sentBytes).isGreaterThan(10_000_000);
    }

    private void load(int from, int to) {
        for (int i = from; i < to; i++) {
            long now = i * 6L * MS;
            if (i % 100 == 0) {
                pacer.startProbe(now, 1 + i % 200, 3_000_000, 6_000);
            }
            for (int k = 0; k < i % 3; k++) {
                video(now, 1, 3L * i + k);
            }
            pacer.admit(now, PacketClass.RETRANSMISSION, 1, i, BYTES);
            pacer.handleTimeout(now);
        }
    }
}
