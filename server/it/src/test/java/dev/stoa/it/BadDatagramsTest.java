package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.RtcConnection;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Hostile datagrams are dropped and counted, get no answer that is longer than they are, and do not disturb a call.
@Timeout(60)
class BadDatagramsTest {
    @TempDir
    static Path data;

    private static TestServer server;
    private static Conversation call;

    private final DatagramSocket stranger;

    BadDatagramsTest() throws IOException {
        stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        stranger.setSoTimeout(300);
    }

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(data, Map.of());
        call = new Conversation(server, server.room(), "host");
    }

    @AfterAll
    static void stop() {
        call.close();
        server.close();
    }

    @AfterEach
    void theCallGoesOn() {
        stranger.close();
        call.assertGoesOn();
    }

    private void send(byte[] datagram) throws IOException {
        stranger.send(new DatagramPacket(
                datagram, datagram.length, InetAddress.getLoopbackAddress(), server.server.mediaPort()));
    }

    private void assertNoAnswer() throws IOException {
        try {
            stranger.receive(new DatagramPacket(new byte[2048], 2048));
        } catch (SocketTimeoutException silence) {
            return;
        }
        throw new AssertionError("a stranger was answered");
    }

    /// All that was dropped of what reached the worker, whatever for.
    private static double dropped() {
        return server.send("GET", "/metrics", null, null)
                .raw()
                .body()
                .lines()
                .filter(line -> line.startsWith("stoa_sfu_events_total{event=\"dropped_"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static void counted(String event, double before, double atLeast) {
        await().untilAsserted(() -> assertThat(server.sfu(event) - before).isGreaterThanOrEqualTo(atLeast));
    }

    @Test
    void garbageOfAStranger() throws Exception {
        double garbage = server.sfu("dropped_garbage");
        double unknown = server.sfu("dropped_unknown_remote");
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = new byte[random.nextInt(0, 1_400)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && i % 2 == 0) {
                bytes[0] = (byte) 0x80;
                bytes[1] = 96;
            }
            send(bytes);
        }

        counted("dropped_garbage", garbage, 20);
        counted("dropped_unknown_remote", unknown, 150);
        assertNoAnswer();
    }

    @Test
    void datagramsLongerThanAnyPacket() throws Exception {
        double before = server.metric("stoa_media_receive_too_long_total");
        for (int i = 0; i < 10; i++) {
            send(new byte[9_000]);
        }

        await().untilAsserted(() -> assertThat(
                        server.metric("stoa_media_receive_too_long_total") - before + server.sfu("dropped_garbage"))
                .isGreaterThanOrEqualTo(10));
        assertNoAnswer();
    }

    /// From the member's own address, so that they reach its transport.
    @Test
    void truncatedDatagramsOfAMember() {
        RtcConnection member = call.asha.publishConnection();
        double before = dropped();
        int cut = 0;
        for (byte[] datagram : media(member).reversed().subList(0, 20)) {
            for (int length = 1; length < Math.min(datagram.length, 60); length += 3) {
                member.sendRaw(Arrays.copyOf(datagram, length));
                cut++;
            }
        }
        int expected = cut;

        await().untilAsserted(() -> assertThat(dropped() - before).isGreaterThanOrEqualTo(expected));
    }

    @Test
    void alteredMediaOfAMember() {
        RtcConnection member = call.asha.publishConnection();
        double before = server.sfu("dropped_authentication") + server.sfu("dropped_replay");
        long missing = call.ravi.received(call.asha.videoId(), SimSink::badPayloads);
        for (byte[] datagram : media(member).reversed().subList(0, 50)) {
            byte[] altered = datagram.clone();
            altered[altered.length - 20] ^= 1;
            altered[3] += 64;
            member.sendRaw(altered);
        }

        await().untilAsserted(
                        () -> assertThat(server.sfu("dropped_authentication") + server.sfu("dropped_replay") - before)
                                .isGreaterThanOrEqualTo(50));
        assertThat(call.ravi.received(call.asha.videoId(), SimSink::badPayloads))
                .isEqualTo(missing);
    }

    /// RFC 3711 §3.3.2.
    @Test
    void replayedMediaOfAMember() {
        RtcConnection member = call.asha.publishConnection();
        double before = server.sfu("dropped_replay");
        long duplicates = call.ravi.received(call.asha.videoId(), SimSink::duplicates);
        List<byte[]> media = media(member).subList(0, 80);

        // Some may have been lost on their first way and be news now; the second time none is.
        media.forEach(member::sendRaw);
        media.forEach(member::sendRaw);

        counted("dropped_replay", before, media.size());
        assertThat(call.ravi.received(call.asha.videoId(), SimSink::duplicates)).isEqualTo(duplicates);
    }

    /// Packets that are certainly RTP: version 2, no RTCP payload type (RFC 5761 §4).
    private static List<byte[]> media(RtcConnection connection) {
        return connection.sent().stream()
                .filter(datagram -> (datagram[0] & 0xC0) == 0x80)
                .filter(datagram -> (datagram[1] & 0x7F) < 64 || (datagram[1] & 0x7F) > 95)
                .filter(datagram -> datagram.length > 80)
                .toList();
    }

    /// RFC 8489 §9.1.3: an unknown user and a wrong password connect nobody.
    @Test
    void checksWithWrongCredentials() throws Exception {
        String ufrag = username(call.asha.publishConnection());
        double before = server.sfu("dropped_stun") + server.sfu("dropped_stun_credentials");
        for (int i = 0; i < 20; i++) {
            send(check(i % 2 == 0 ? ufrag : "nobody:me", "a-wrong-password-000000000"));
        }

        await().untilAsserted(
                        () -> assertThat(server.sfu("dropped_stun") + server.sfu("dropped_stun_credentials") - before)
                                .isGreaterThanOrEqualTo(20));
        assertOnlyShortErrors();
    }

    /// Class error, and no longer than what was asked: nothing to amplify an attack with.
    private void assertOnlyShortErrors() throws IOException {
        int asked = check("nobody:me", "a-wrong-password-000000000").length;
        DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                stranger.receive(answer);
                assertThat(answer.getLength()).isLessThanOrEqualTo(asked);
                assertThat(answer.getData()[0]).isEqualTo((byte) 0x01);
                assertThat(answer.getData()[1]).isEqualTo((byte) 0x11);
            }
        } catch (SocketTimeoutException silence) {
            assertThat(answer.getLength()).isPositive();
        }
    }

    /// The user name of a check that a member really sent.
    private static String username(RtcConnection member) {
        byte[] check = member.sent().getFirst();
        int length = (check[22] & 0xFF) << 8 | check[23] & 0xFF;
        return new String(check, 24, length, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] check(String username, String password) {
        byte[] bytes = new byte[512];
        byte[] transaction = new byte[12];
        new SecureRandom().nextBytes(transaction);
        StunWriter writer = new StunWriter();
        writer.beginRequest(MemorySegment.ofArray(bytes), 0, bytes.length, transaction);
        writer.username(username);
        writer.priority(1).iceControlling(7).useCandidate();
        int length = writer.integrity(new StunKey(password)).fingerprint().finish();
        return Arrays.copyOf(bytes, length);
    }

    @Test
    void aPeerThatGuessesThePasswordNeverConnects() {
        String[] names = username(call.asha.publishConnection()).split(":");
        double before = server.sfu("dropped_stun_credentials") + server.sfu("dropped_stun");
        try (RtcConnection mallory = new RtcConnection(
                DtlsIdentity.generate(new SecureRandom()),
                new IceCredentials("mallory", "mallory-password-00000000"),
                new IceCredentials(names[0], "a-guessed-password-000000"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.mediaPort()))) {
            mallory.start();
            await().untilAsserted(() -> assertThat(
                            server.sfu("dropped_stun_credentials") + server.sfu("dropped_stun") - before)
                    .isGreaterThan(5));
            assertThat(mallory.isConnected()).isFalse();
        }
    }

    /// RFC 8445 §12.1: before a check has shown who is there nothing is answered, so nothing is amplified.
    @Test
    void dtlsBeforeIce() throws Exception {
        double before = server.sfu("dropped_dtls_before_ice");
        byte[] hello = new byte[300];
        hello[0] = 22;
        hello[1] = (byte) 0xFE;
        hello[2] = (byte) 0xFD;
        for (int i = 0; i < 20; i++) {
            send(hello);
        }

        counted("dropped_dtls_before_ice", before, 20);
        assertNoAnswer();
    }
}
