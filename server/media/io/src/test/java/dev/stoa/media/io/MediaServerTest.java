package dev.stoa.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.io.MediaSettings.DatagramIoChoice;
import dev.stoa.media.io.linux.LinuxDatagramIo;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/// Calls through a running media server over loopback sockets, with the DTLS and the ciphers of production.
@Timeout(60)
class MediaServerTest {
    private static final BcDtlsFactory DTLS = BcDtlsFactory.create();

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
    @CsvSource({
        "NIO, jdk, false, AEAD_AES_128_GCM",
        "NIO, openssl, false, AES_CM_128_HMAC_SHA1_80",
        "LINUX_FFM, jdk, false, AES_CM_128_HMAC_SHA1_80",
        "LINUX_FFM, openssl, false, AEAD_AES_128_GCM",
        "LINUX_FFM, ipsec-mb, false, AEAD_AES_128_GCM",
        "LINUX_FFM_PLAIN, openssl, false, AEAD_AES_128_GCM",
        "NIO, jdk, true, AEAD_AES_128_GCM",
        "LINUX_FFM, openssl, true, AEAD_AES_128_GCM",
        "LINUX_FFM, openssl, true, AES_CM_128_HMAC_SHA1_80"
    })
    void twoSeeAndHearOneAnother(DatagramIoChoice io, String cipher, boolean tcp, SrtpProfile profile)
            throws IOException {
        SrtpCiphers ciphers = ciphers(cipher);
        start(io, ciphers);
        Caller anna = new Caller(loop, server, 1, tcp, profile, ciphers);
        Caller ben = new Caller(loop, server, 2, tcp, profile, ciphers);
        SimSink picture = flow(anna, ben, SimTrack.video(MediaCodec.VP8, "1", 1_000), SimSource.Pace.VIDEO, 10);
        SimSink sound = flow(ben, anna, SimTrack.opus("0", 2_000), SimSource.Pace.AUDIO, 20);
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> on(picture::framesShown) >= 30 && on(sound::framesShown) >= 30);
        assertThat(events)
                .contains(
                        new SfuEvent.TransportConnected(anna.transport),
                        new SfuEvent.TransportConnected(ben.transport),
                        new SfuEvent.MediaStarted(anna.transport, new TrackId(10)));
        assertThat(on(picture::missing)).isZero();
        assertThat(on(picture::badPayloads)).isZero();
        assertThat(on(sound::missing)).isZero();
        assertThat(server.tcpConnections()).isEqualTo(tcp ? 2 : 0);
        assertThat(server.droppedTcpFrames()).isZero();
        assertThat(server.datagramIo())
                .isEqualTo(io.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// One by UDP, one by TCP, in one room.
    @Test
    void udpAndTcpMeet() throws IOException {
        start(DatagramIoChoice.AUTO, new JdkSrtpCiphers());
        Caller anna = new Caller(loop, server, 1, false, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        Caller ben = new Caller(loop, server, 2, true, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        SimSink there = flow(anna, ben, SimTrack.video(MediaCodec.VP8, "1", 1_000), SimSource.Pace.VIDEO, 10);
        SimSink back = flow(ben, anna, SimTrack.video(MediaCodec.VP8, "1", 2_000), SimSource.Pace.VIDEO, 20);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(there::framesShown) >= 20 && on(back::framesShown) >= 20);
    }

    @Test
    void aClosedTransportHearsNothingMore() throws IOException {
        start(DatagramIoChoice.AUTO, new JdkSrtpCiphers());
        Caller anna = new Caller(loop, server, 1, false, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        Caller ben = new Caller(loop, server, 2, false, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        SimSink picture = flow(anna, ben, SimTrack.video(MediaCodec.VP8, "1", 1_000), SimSource.Pace.VIDEO, 10);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(picture::framesShown) >= 5);
        server.submit(new SfuCommand.CloseTransport(ben.transport));
        // What anna sends after that is taken, and goes nowhere.
        long before = server.sfuCounters().get(SfuCounter.RTP_FORWARDED);
        await().until(() -> server.sfuCounters().get(SfuCounter.COMMANDS) >= 5);
        long taken = server.sfuCounters().get(SfuCounter.RTP_IN);
        await().until(() -> server.sfuCounters().get(SfuCounter.RTP_IN) > taken + 30);
        assertThat(server.sfuCounters().get(SfuCounter.RTP_FORWARDED) - before).isLessThan(30);
    }

    @Test
    void garbageOnBothPortsIsCountedAndHarmsNoCall() throws IOException {
        start(DatagramIoChoice.AUTO, new JdkSrtpCiphers());
        Caller anna = new Caller(loop, server, 1, false, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        Caller ben = new Caller(loop, server, 2, false, SrtpProfile.AEAD_AES_128_GCM, new JdkSrtpCiphers());
        SimSink picture = flow(anna, ben, SimTrack.video(MediaCodec.VP8, "1", 1_000), SimSource.Pace.VIDEO, 10);
        await().atMost(30, TimeUnit.SECONDS).until(() -> on(picture::framesShown) >= 5);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket udp = new DatagramSocket();
                Socket tcp = new Socket(loopback, server.port())) {
            SecureRandom random = new SecureRandom();
            for (int length = 0; length < 3_000; length += 7) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                udp.send(new DatagramPacket(noise, length, loopback, server.port()));
            }
            tcp.getOutputStream().write(new byte[] {0, 3, 1, 2, 3, 0, 2, 0, 1, (byte) 0xFF, (byte) 0xFF});
            tcp.setSoTimeout(10_000);
            assertThat(tcp.getInputStream().read()).isEqualTo(-1);
        }
        long shown = on(picture::framesShown);
        await().atMost(10, TimeUnit.SECONDS).until(() -> on(picture::framesShown) >= shown + 10);
        assertThat(on(picture::missing)).isZero();
        assertThat(server.ioCounters().droppedTooLong).isPositive();
    }

    @Test
    void announcesUdpAndTcpOnOnePort() throws IOException {
        start(DatagramIoChoice.AUTO, new JdkSrtpCiphers());
        assertThat(server.place(new TransportId(99), "room", Sfu.Purpose.PUBLISH))
                .extracting("address", "port", "tcp")
                .containsExactly(tuple("127.0.0.1", server.port(), false), tuple("127.0.0.1", server.port(), true));
        assertThat(server.fingerprint()).isEqualTo(DTLS.localFingerprint());
    }

    @Test
    void worksWithoutTcpWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            server = start(settings(taken.getLocalPort(), DatagramIoChoice.AUTO), new JdkSrtpCiphers());
            assertThat(server.place(new TransportId(99), "room", Sfu.Purpose.PUBLISH))
                    .hasSize(1)
                    .noneMatch(candidate -> candidate.tcp());
        }
    }

    @Test
    void refusesCommandsOnceClosedAndFreesItsPorts() throws IOException {
        start(DatagramIoChoice.AUTO, new JdkSrtpCiphers());
        int port = server.port();
        server.close();
        assertThat(server.submit(new SfuCommand.CloseTransport(new TransportId(1))))
                .isFalse();
        assertThat(server.refusedCommands()).isEqualTo(1);
        server = start(settings(port, DatagramIoChoice.AUTO), new JdkSrtpCiphers());
        assertThat(server.place(new TransportId(99), "room", Sfu.Purpose.PUBLISH))
                .hasSize(2);
    }

    private void start(DatagramIoChoice io, SrtpCiphers ciphers) throws IOException {
        boolean linuxOnly = io == DatagramIoChoice.LINUX_FFM || io == DatagramIoChoice.LINUX_FFM_PLAIN;
        assumeThat(!linuxOnly || LinuxDatagramIo.isSupported()).isTrue();
        server = start(settings(0, io), ciphers);
    }

    private MediaServer start(MediaSettings settings, SrtpCiphers ciphers) throws IOException {
        SecureRandom random = new SecureRandom();
        return MediaServer.start(
                settings,
                SfuSettings.DEFAULT,
                DTLS,
                ciphers,
                listener -> SctpStateMachine.dtlsServer(listener, random, new byte[32]),
                events::add);
    }

    private static MediaSettings settings(int port, DatagramIoChoice io) {
        return new MediaSettings(port, List.of("127.0.0.1"), io, 1024);
    }

    private static SrtpCiphers ciphers(String name) {
        if (name.equals("jdk")) {
            return new JdkSrtpCiphers();
        }
        Optional<SrtpCiphers> library = name.equals("openssl") ? OpensslSrtpCiphers.load() : IpsecMbSrtpCiphers.load();
        assumeThat(library)
                .as("skipped: the library of %s is not installed", name)
                .isPresent();
        return library.orElseThrow();
    }

    /// Publishes on one side, subscribes on the other and starts the source.
    private SimSink flow(Caller from, Caller to, SimTrack track, SimSource.Pace pace, int id) {
        server.submit(new SfuCommand.Publish(from.transport, track.publishSpec(new TrackId(id))));
        SimTrack there = track.isVideo()
                ? SimTrack.video(track.codec(), "v" + id, 100_000 + id * 10)
                : SimTrack.opus("a" + id, 100_000 + id * 10);
        server.submit(new SfuCommand.Subscribe(
                to.transport, there.subscribeSpec(new SubscriptionId(id), new TrackId(id), true)));
        return loop.call(nowNs -> {
            from.socket.peer().publish(track, pace).start(nowNs);
            return to.socket.peer().receive(there);
        });
    }

    private long on(LongSupplier value) {
        return loop.call(nowNs -> value.getAsLong());
    }
}
