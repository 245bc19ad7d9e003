package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// Packets that carry no message cost no garbage.
class AllocationTest {
    private static final int PACKETS = 100_000;

    @Test
    void receivesAndAnswersPacketsWithoutMessagesWithoutAllocating() {
        VirtualLink link = VirtualLink.connected(1, VirtualLink.Path.PERFECT);
        byte[] sack = ByteBuffer.allocate(12)
                .putInt((int) link.client.sctp.receivedTsn())
                .putInt(100_000)
                .array();
        MemorySegment ours = MemorySegment.ofArray(Packets.to(link.server, ChunkType.SACK, 0, sack));
        byte[] old = Packets.data(link.server.sctp.receivedTsn(), 0, 0, 51, (byte) 1);
        MemorySegment repeated = MemorySegment.ofArray(Packets.to(link.server, ChunkType.DATA, 3, old));
        MemorySegment out = MemorySegment.ofArray(new byte[1200]);
        exchange(link, ours, repeated, out);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(link, ours, repeated, out);
        // The measuring itself takes some bytes; one byte per packet would be 100,000.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(link.server.sctp.counters().duplicateTsns()).isEqualTo(2L * PACKETS);
    }

    private static void exchange(VirtualLink link, MemorySegment sack, MemorySegment data, MemorySegment out) {
        SctpStateMachine sctp = link.server.sctp;
        for (int i = 0; i < PACKETS; i++) {
            sctp.receive(link.nowNs, sack, 0, (int) sack.byteSize());
            sctp.receive(link.nowNs, data, 0, (int) data.byteSize());
            while (sctp.pollPacket(link.nowNs, out, 0, 1200) > 0) {
                out.get(ValueLayout.JAVA_BYTE, 0);
            }
        }
    }
}
