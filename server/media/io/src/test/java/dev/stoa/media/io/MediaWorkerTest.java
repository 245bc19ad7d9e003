package dev.stoa.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.io.nio.NioDatagramIo;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.TransportId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MediaWorkerTest {
    private static final int QUEUE = 4;

    private final AtomicInteger brokenOpens = new AtomicInteger();
    private DatagramIo io;
    private MediaWorker worker;
    private SfuWorker sfu;
    private Thread thread;

    /// Its DTLS is broken: opening a transport throws.
    private final class BrokenDtls implements DtlsFactory {
        @Override
        public Fingerprint localFingerprint() {
            return new Fingerprint("sha-256", "00");
        }

        @Override
        public DtlsEndpoint server(Runnable wakeup) {
            brokenOpens.incrementAndGet();
            throw new IllegalStateException("broken on purpose");
        }
    }

    @BeforeEach
    void open() throws IOException {
        io = NioDatagramIo.bind(0);
        BatchOut out = new BatchOut(io, null);
        worker = new MediaWorker(io, null, out, QUEUE);
        SplittableRandom random = new SplittableRandom(1);
        sfu = new SfuWorker(
                SfuSettings.DEFAULT,
                new BrokenDtls(),
                new JdkSrtpCiphers(),
                listener -> SctpStateMachine.dtlsServer(listener, random, new byte[32]),
                out,
                event -> {},
                worker::wake,
                random);
        worker.attach(sfu);
        thread = Thread.ofPlatform().unstarted(worker);
    }

    @AfterEach
    void close() throws InterruptedException {
        worker.stop();
        thread.join();
        io.close();
    }

    @Test
    void saysNoWhenTheQueueIsFullAndCounts() {
        for (int i = 0; i < QUEUE; i++) {
            assertThat(worker.submit(unknown())).isTrue();
        }
        assertThat(worker.submit(unknown())).isFalse();
        assertThat(worker.submit(unknown())).isFalse();
        assertThat(worker.refusedCommands()).isEqualTo(2);
    }

    @Test
    void takesCommandsAgainOnceItHasCaughtUp() {
        for (int i = 0; i <= QUEUE; i++) {
            worker.submit(unknown());
        }
        thread.start();
        await().until(() -> sfu.counters().get(SfuCounter.COMMANDS_UNKNOWN) == QUEUE);
        assertThat(worker.submit(unknown())).isTrue();
        await().until(() -> sfu.counters().get(SfuCounter.COMMANDS_UNKNOWN) == QUEUE + 1);
    }

    @Test
    void wakesForACommandWhileItSleeps() {
        thread.start();
        await().until(() -> thread.getState() == Thread.State.RUNNABLE);
        for (int i = 0; i < 200; i++) {
            int expected = i + 1;
            long before = System.nanoTime();
            assertThat(worker.submit(unknown())).isTrue();
            while (sfu.counters().get(SfuCounter.COMMANDS_UNKNOWN) < expected) {
                Thread.onSpinWait();
                assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
            }
        }
    }

    @Test
    void survivesAnExceptionAndGoesOn() throws IOException {
        thread.start();
        for (int i = 0; i < 3; i++) {
            worker.submit(new SfuCommand.OpenTransport(
                    new TransportId(i), "room", new IceCredentials("u" + i, "password-00000000000000"), null, null));
        }
        await().until(() -> worker.failures() == 3);
        assertThat(brokenOpens).hasValue(3);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[20], 20, InetAddress.getByName("127.0.0.1"), io.localPort()));
        }
        await().until(() -> sfu.counters().get(SfuCounter.DROPPED_STUN) == 1);
        worker.submit(unknown());
        await().until(() -> sfu.counters().get(SfuCounter.COMMANDS_UNKNOWN) == 1);
        assertThat(thread.isAlive()).isTrue();
    }

    @Test
    void executesWhatWasQueuedBeforeTheEnd() throws InterruptedException {
        worker.submit(unknown());
        worker.stop();
        assertThat(worker.submit(unknown())).isFalse();
        thread.start();
        thread.join();
        assertThat(sfu.counters().get(SfuCounter.COMMANDS_UNKNOWN)).isEqualTo(1);
    }

    private static SfuCommand unknown() {
        return new SfuCommand.CloseTransport(new TransportId(4711));
    }
}
