package dev.stoa.media.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.io.nio.NioDatagramIo;
import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchOutTest {
    private static final int LOOPBACK = 0x7F000001;

    private DatagramSocket receiver;
    private DatagramIo io;
    private BatchOut out;
    private Remote remote;

    @BeforeEach
    void open() throws IOException {
        receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        io = NioDatagramIo.bind(0);
        out = new BatchOut(io, null);
        remote = new Remote().setIpv4(LOOPBACK, receiver.getLocalPort());
    }

    @AfterEach
    void close() {
        io.close();
        receiver.close();
    }

    private void commit(int packets) {
        for (int i = 0; i < packets; i++) {
            out.commit(remote, out.reserve(), 100);
        }
    }

    @Test
    void afterSomebodysPacketsWhatIsStillInTheCacheLeaves() {
        commit(BatchOut.CACHED_SLOTS + 3);
        assertThat(io.counters().datagramsOut).isZero();

        out.turnToNext();
        assertThat(io.counters().datagramsOut).isEqualTo(BatchOut.CACHED_SLOTS + 3);
    }

    @Test
    void fewPacketsWaitForOthersToLeaveWith() {
        commit(BatchOut.CACHED_SLOTS - 1);
        out.turnToNext();
        assertThat(io.counters().datagramsOut).isZero();

        out.flush();
        assertThat(io.counters().datagramsOut).isEqualTo(BatchOut.CACHED_SLOTS - 1);
    }
}
