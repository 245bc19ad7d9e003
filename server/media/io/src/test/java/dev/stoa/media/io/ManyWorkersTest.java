package dev.stoa.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.io.MediaSettings.DatagramIoChoice;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import dev.stoa.media.sim.socket.PeerLoop;
import java.io.IOException;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One room on two real workers, over loopback sockets, with the DTLS of production.
@Timeout(60)
class ManyWorkersTest {
    private static final BcDtlsFactory DTLS = BcDtlsFactory.create();
    private static final SimTrack CAMERA = SimTrack.video(MediaCodec.VP8, "1", 1_000);

    private final Queue<SfuEvent> events = new ConcurrentLinkedQueue<>();
    private PeerLoop loop;
    private MediaServer server;

    @BeforeEach
    void open() {
        loop = PeerLoop.start();
    }

    @AfterEach
    void close() {
        loop.close();
        if (server != null) {
            server.close();
            assertThat(server.failures()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"NIO, false", "LINUX_FFM, false", "LINUX_FFM, true"})
    void aRoomThatOutgrowsAWorkerIsServedByBoth(DatagramIoChoice io, boolean tcp) throws IOException {
        start(io);
        Caller anna = caller(1, Sfu.Purpose.PUBLISH, tcp);
        publish(anna);
        List<Caller> viewers = new ArrayList<>();
        List<SimSink> pictures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Caller viewer = caller(2 + i, Sfu.Purpose.SUBSCRIBE, tcp);
            viewers.add(viewer);
            pictures.add(subscribe(viewer, i));
        }
        assertThat(viewers).extracting(viewer -> viewer.port).containsExactly(home(), home(), other(), other());
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> pictures.stream().allMatch(picture -> on(picture::framesShown) >= 30));
        for (SimSink picture : pictures) {
            assertThat(on(picture::missing)).isZero();
            assertThat(on(picture::badPayloads)).isZero();
        }
        assertThat(server.workersCounters().get(0).get(SfuCounter.RELAYED)).isPositive();
        assertThat(server.workersCounters().get(1).get(SfuCounter.RTP_FORWARDED))
                .isPositive();
        assertThat(server.sfuCounters().get(SfuCounter.COMMANDS_UNKNOWN)).isZero();
        assertThat(server.seats()).containsExactly(3, 2);
    }

    /// A key frame asked for on the other worker reaches the publisher.
    @Test
    void whoComesLateOnTheOtherWorkerSeesAPicture() throws IOException {
        start(DatagramIoChoice.AUTO);
        Caller anna = caller(1, Sfu.Purpose.PUBLISH, false);
        publish(anna);
        SimSink first = subscribe(caller(2, Sfu.Purpose.SUBSCRIBE, false), 0);
        SimSink second = subscribe(caller(3, Sfu.Purpose.SUBSCRIBE, false), 1);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(first::framesShown) >= 5 && on(second::framesShown) >= 5);
        // The key frame they began with is too long ago to begin with it now.
        long taken = server.sfuCounters().get(SfuCounter.RTP_IN);
        await().atMost(30, TimeUnit.SECONDS)
                .until(() ->
                        server.sfuCounters().get(SfuCounter.RTP_IN) > taken + SfuSettings.DEFAULT.replayPackets() + 50);
        SimSink late = subscribe(caller(4, Sfu.Purpose.SUBSCRIBE, false), 2);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(late::framesShown) >= 10);
        assertThat(on(late::missing)).isZero();
        assertThat(server.workersCounters().get(1).get(SfuCounter.RELAY_REQUESTS))
                .isPositive();
    }

    @Test
    void theOtherWorkerHearsNothingMoreOnceItsLastSubscriberLeft() throws IOException {
        start(DatagramIoChoice.AUTO);
        Caller anna = caller(1, Sfu.Purpose.PUBLISH, false);
        publish(anna);
        subscribe(caller(2, Sfu.Purpose.SUBSCRIBE, false), 0);
        subscribe(caller(3, Sfu.Purpose.SUBSCRIBE, false), 1);
        Caller far = caller(4, Sfu.Purpose.SUBSCRIBE, false);
        SimSink picture = subscribe(far, 2);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(picture::framesShown) >= 5);
        long commands = server.sfuCounters().get(SfuCounter.COMMANDS);
        server.submit(new SfuCommand.CloseTransport(far.transport));
        await().until(() -> server.sfuCounters().get(SfuCounter.COMMANDS) == commands + 3);
        long relayed = server.sfuCounters().get(SfuCounter.RELAYED);
        long taken = server.sfuCounters().get(SfuCounter.RTP_IN);
        await().until(() -> server.sfuCounters().get(SfuCounter.RTP_IN) > taken + 30);
        assertThat(server.sfuCounters().get(SfuCounter.RELAYED)).isEqualTo(relayed);
        assertThat(server.seats()).containsExactly(3, 0);
    }

    @Test
    void roomsBeginOnTheLeastLoadedWorker() throws IOException {
        start(DatagramIoChoice.AUTO);
        int first = server.place(new TransportId(1), "a", Sfu.Purpose.PUBLISH)
                .getFirst()
                .port();
        int second = server.place(new TransportId(2), "b", Sfu.Purpose.PUBLISH)
                .getFirst()
                .port();
        assertThat(List.of(first, second)).containsExactlyElementsOf(server.ports());
        assertThat(server.place(new TransportId(3), "a", Sfu.Purpose.PUBLISH)
                        .getFirst()
                        .port())
                .isEqualTo(first);
        assertThat(server.place(new TransportId(1), "a", Sfu.Purpose.PUBLISH)
                        .getFirst()
                        .port())
                .as("asked twice")
                .isEqualTo(first);
        assertThat(server.seats()).containsExactly(2, 1);
    }

    @Test
    void saysWhichPortIsTakenAndFreesTheOthers() throws IOException {
        int base;
        try (DatagramSocket second = new DatagramSocket()) {
            base = second.getLocalPort() - 1;
            MediaSettings settings = settings(base, DatagramIoChoice.AUTO);
            assertThatThrownBy(() -> start(settings))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(second.getLocalPort()));
        }
        new DatagramSocket(base).close();
    }

    /// SO_REUSEPORT: the kernel scatters clients over both sockets; whoever is not where he belongs is handed over.
    @ParameterizedTest
    @CsvSource({"NIO, false", "LINUX_FFM, false", "LINUX_FFM, true"})
    void bothWorkersCanShareAPort(DatagramIoChoice io, boolean tcp) throws IOException {
        server = start(settings(0, io, true));
        assertThat(home()).isEqualTo(other());
        Caller anna = caller(1, Sfu.Purpose.PUBLISH, tcp);
        publish(anna);
        List<Caller> viewers = new ArrayList<>();
        List<SimSink> pictures = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Caller viewer = caller(2 + i, Sfu.Purpose.SUBSCRIBE, tcp);
            viewers.add(viewer);
            pictures.add(subscribe(viewer, i));
        }
        assertThat(viewers).extracting(viewer -> viewer.port).containsOnly(home());
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> pictures.stream().allMatch(picture -> on(picture::framesShown) >= 20));
        for (SimSink picture : pictures) {
            assertThat(on(picture::missing)).isZero();
        }
        assertThat(server.seats()).allMatch(seats -> seats > 0);
        assertThat(server.handed().given()).isPositive();
        assertThat(server.handed().lost()).isZero();
        assertThat(server.tcpConnections()).isEqualTo(tcp ? 9 : 0);
    }

    @Test
    void anotherServerOnASharedPortIsNoticed() throws IOException {
        server = start(settings(0, DatagramIoChoice.AUTO, true));
        MediaSettings same = settings(server.port(), DatagramIoChoice.AUTO, true);
        assertThatThrownBy(() -> start(same)).isInstanceOf(IOException.class);
    }

    private int home() {
        return server.ports().getFirst();
    }

    private int other() {
        return server.ports().getLast();
    }

    private void start(DatagramIoChoice io) throws IOException {
        server = start(settings(0, io));
    }

    private MediaServer start(MediaSettings settings) throws IOException {
        SecureRandom random = new SecureRandom();
        return MediaServer.start(
                settings,
                SfuSettings.DEFAULT,
                DTLS,
                new JdkSrtpCiphers(),
                listener -> SctpStateMachine.dtlsServer(listener, random, new byte[32]),
                events::add);
    }

    private static MediaSettings settings(int port, DatagramIoChoice io) {
        return settings(port, io, false);
    }

    private static MediaSettings settings(int port, DatagramIoChoice io, boolean singlePort) {
        return new MediaSettings(port, List.of("127.0.0.1"), io, 1024, 2, singlePort, 2);
    }

    private Caller caller(int number, Sfu.Purpose purpose, boolean tcp) {
        return new Caller(loop, server, number, purpose, tcp, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
    }

    private void publish(Caller from) {
        server.submit(new SfuCommand.Publish(from.transport, CAMERA.publishSpec(new TrackId(10))));
        loop.call(nowNs -> {
            from.socket.peer().publish(CAMERA, SimSource.Pace.VIDEO).start(nowNs);
            return nowNs;
        });
    }

    private SimSink subscribe(Caller to, int id) {
        SimTrack there = SimTrack.video(MediaCodec.VP8, "v" + id, 100_000 + id * 10);
        SimSink sink = loop.call(nowNs -> to.socket.peer().receive(there));
        server.submit(new SfuCommand.Subscribe(
                to.transport, there.subscribeSpec(new SubscriptionId(id), new TrackId(10), true)));
        return sink;
    }

    private long on(LongSupplier value) {
        return loop.call(nowNs -> value.getAsLong());
    }
}
