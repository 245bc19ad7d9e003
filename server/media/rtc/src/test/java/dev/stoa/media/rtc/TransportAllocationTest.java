package dev.stoa.media.rtc;

import static dev.stoa.media.rtc.TransportFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The budget of `rtc`: 0 bytes per packet.
class TransportAllocationTest {
    private static final int PACKETS = 100_000;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TransportFixture f = new TransportFixture(TransportFixture.PEER, false);
    private int seq;

    @Test
    void receivingAndSendingAllocateNothing() {
        f.connect();
        run(PACKETS);
        long before = THREAD.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        long allocated = THREAD.getCurrentThreadAllocatedBytes() - before;
        assertThat(f.transport.counters().rtpIn).isEqualTo(2L * PACKETS);
        assertThat(f.transport.counters().rtpOut).isEqualTo(2L * PACKETS);
        // Less than a byte per ten packets: the compiler threads' bookkeeping may land here, a packet's cost cannot.
        assertThat(allocated).isLessThan(PACKETS / 10);
    }

    private void run(int packets) {
        for (int i = 0; i < packets; i++) {
            int length = f.sealRtp(seq);
            f.transport.handleDatagram(i, A, f.buffer, 0, length);
            f.sendRtp(seq++);
        }
    }
}
