package dev.stoa.media.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.rtc.keyframe.KeyFrameThrottle;
import dev.stoa.media.rtc.nack.NackGenerator;
import dev.stoa.media.rtc.nack.NackSettings;
import dev.stoa.media.rtc.report.ReceptionStats;
import dev.stoa.media.rtc.report.SenderStats;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.rtc.twcc.TransportCcRecorder;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The budget of `rtc`: what a track does per packet, with one packet in ten lost and repaired by RTX, allocates
/// nothing.
class TrackAllocationTest {
    private static final int PACKETS = 100_000;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final NackGenerator nack = new NackGenerator(NackSettings.DEFAULT);
    private final PacketRing ring = new PacketRing(512, 200);
    private final TransportCcRecorder recorder = new TransportCcRecorder();
    private final ReceptionStats received = new ReceptionStats(1, 90_000);
    private final SenderStats sent = new SenderStats(2, 90_000);
    private final KeyFrameThrottle throttle = new KeyFrameThrottle(KeyFrameThrottle.DEFAULT_INTERVAL_NS);
    private final MemorySegment packet = MemorySegment.ofArray(new byte[200]);
    private final MemorySegment rtx = MemorySegment.ofArray(new byte[300]);
    private final MemorySegment control = MemorySegment.ofArray(new byte[1200]);
    private final RtpPacket view = new RtpPacket();
    private final RtcpWriter writer = new RtcpWriter();
    private final int[] lost = new int[64];
    private long seq = 100_000;
    private long repaired;
    private long feedback;

    @Test
    void aTrackAllocatesNothingPerPacket() {
        run(PACKETS);
        long before = THREAD.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        long allocated = THREAD.getCurrentThreadAllocatedBytes() - before;
        assertThat(repaired).isGreaterThan(2L * PACKETS / 10 - 10);
        assertThat(feedback).isGreaterThan(2L * PACKETS / 60);
        assertThat(allocated).isLessThan(PACKETS / 10);
    }

    private void run(int packets) {
        for (int i = 0; i < packets; i++) {
            long now = seq * 2_000_000;
            TransportFixture.writeRtp(packet, 0, (int) seq);
            ring.store(now, seq, packet, 0, 100);
            sent.onPacket(now, (int) seq * 180, 88);
            if (seq % 10 != 0) {
                receive(now, seq);
            }
            int count = nack.poll(now, 0, lost);
            for (int k = 0; k < count; k++) {
                repair(now, lost[k]);
            }
            report(now);
            seq++;
        }
    }

    private void receive(long now, long number) {
        nack.onPacket(now, number);
        received.onPacket(now, number, (int) number * 180);
        recorder.onPacket(now, (int) number & 0xFFFF, 1);
    }

    private void repair(long now, int seq16) {
        long number = seq + (short) (seq16 - (int) seq);
        int length = Rtx.encapsulate(
                ring.segment(), ring.offset(number), 12, ring.length(number), rtx, 0, 97, (int) repaired, 9);
        if (view.wrap(rtx, 0, length) && Rtx.decapsulate(view, 96, 1) && nack.onPacket(now, number)) {
            received.onPacket(now, number, view.timestamp());
            repaired++;
        }
    }

    private void report(long now) {
        writer.wrap(control, 0, 1200);
        while (recorder.write(now, writer, 1)) {
            feedback++;
        }
        if (seq % 100 == 0) {
            writer.wrap(control, 0, 1200);
            sent.writeExtrapolatedReport(now, now, writer);
            received.writeBlock(now, writer);
        }
        if (seq % 50 == 0) {
            throttle.request(now);
        }
        throttle.poll(now);
    }
}
