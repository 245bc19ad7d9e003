package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsEndpoint.State;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcDtlsFactoryTest {
    private static final DtlsIdentity SERVER = DtlsIdentity.generate(new SecureRandom());
    private static final DtlsIdentity CLIENT = DtlsIdentity.generate(new SecureRandom());
    private static final DtlsSettings FAST = new DtlsSettings(Duration.ofSeconds(10), Duration.ofMillis(50), 8);
    private static final List<SrtpProfile> LIKE_A_BROWSER =
            List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);

    private final BcDtlsFactory factory = new BcDtlsFactory(SERVER, FAST);
    private final DtlsLink link = new DtlsLink();
    private final DtlsEndpoint server = factory.server(link.news::release);
    private BcDtlsClient client = client(LIKE_A_BROWSER);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /// RFC 5764 §4.1.2: the server chooses; ours prefers AES-GCM whatever the client's order.
    @Test
    void choosesAesGcmWhenTheClientOffersIt() {
        handshake();
        assertThat(server.srtpKeys().profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(factory.counters().completed()).isEqualTo(1);
    }

    /// RFC 5764 §4.2: both sides export the same keys, and what one seals the other opens.
    @ParameterizedTest
    @EnumSource
    void givesBothSidesTheSameSrtpKeys(SrtpProfile profile) {
        client = client(List.of(profile));
        handshake();
        var ours = server.srtpKeys();
        var theirs = client.srtpKeys();
        assertThat(ours.profile()).isEqualTo(profile);
        assertThat(theirs).usingRecursiveComparison().isEqualTo(ours);
        assertThat(ours.clientKey()).hasSize(profile.keyBytes()).isNotEqualTo(ours.serverKey());
        assertThat(ours.clientSalt()).hasSize(profile.saltBytes()).isNotEqualTo(ours.serverSalt());

        MemorySegment packet = MemorySegment.ofArray(new byte[64]);
        try (SrtpCipher seals = new JdkSrtpCiphers().create(profile, theirs.clientKey(), theirs.clientSalt());
                SrtpCipher opens = SrtpCipherChoice.best().create(profile, ours.clientKey(), ours.clientSalt())) {
            int length = seals.sealRtp(packet, 0, 12, 40, 1, 1);
            assertThat(opens.openRtp(packet, 0, 12, length, 1, 1)).isEqualTo(40);
        }
    }

    @Test
    void hasNoKeysBeforeTheHandshakeIsComplete() {
        assertThat(server.srtpKeys()).isNull();
        assertThat(server.remoteMatches(CLIENT.fingerprint())).isFalse();
        assertThat(server.state()).isEqualTo(State.HANDSHAKING);
    }

    /// RFC 8122 §5 and RFC 8827 §6.5.
    @Test
    void knowsTheClientByAnyUsualFingerprint() throws Exception {
        handshake();
        byte[] der = CLIENT.certificate();
        for (String hash : List.of("SHA-1", "SHA-256", "SHA-384", "SHA-512")) {
            byte[] digest = java.security.MessageDigest.getInstance(hash).digest(der);
            String value = java.util.HexFormat.ofDelimiter(":").formatHex(digest);
            assertThat(server.remoteMatches(new Fingerprint(hash, value)))
                    .as(hash)
                    .isTrue();
        }
        assertThat(client.remoteMatches(factory.localFingerprint())).isTrue();
    }

    @Test
    void noticesTheWrongFingerprint() {
        handshake();
        assertThat(server.remoteMatches(SERVER.fingerprint())).isFalse();
        String value = CLIENT.fingerprint().value();
        assertThat(server.remoteMatches(new Fingerprint("sha-512", value))).isFalse();
        assertThat(server.remoteMatches(new Fingerprint("md5", value))).isFalse();
        assertThat(server.remoteMatches(new Fingerprint("sha-256", value.substring(3))))
                .isFalse();
        assertThat(server.remoteMatches(new Fingerprint("sha-256", "nonsense"))).isFalse();
    }

    /// RFC 6347 §4.2.3: Chromium's ClientHello comes in two datagrams.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acceptsAClientHelloInTwoDatagramsInEitherOrder(boolean inOrder) {
        link.path((fromClient, number, datagram) -> {
            List<byte[]> parts = fromClient ? DtlsRecords.splitClientHello(datagram) : List.of(datagram);
            return inOrder ? parts : parts.reversed();
        });
        handshake();
    }

    /// RFC 6347 §4.2.4: every single lost datagram is repaired, whichever side sent it.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void recoversFromALostDatagram(int lost) {
        for (boolean lostFromClient : List.of(true, false)) {
            var lossy = new DtlsLink();
            var to = factory.server(lossy.news::release);
            var from = new BcDtlsClient(CLIENT, FAST, LIKE_A_BROWSER, lossy.news::release);
            lossy.connect(from, to);
            lossy.path((fromClient, number, datagram) ->
                    fromClient == lostFromClient && number == lost ? List.of() : List.of(datagram));
            from.start();
            lossy.until(() -> from.state() == State.CONNECTED && to.state() == State.CONNECTED);
            from.close();
            to.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void recoversFromHeavyLossDuplicationAndReordering(long seed) {
        var random = new Random(seed);
        link.path((fromClient, number, datagram) -> switch (random.nextInt(10)) {
            case 0, 1, 2 -> List.of();
            case 3, 4 -> List.of(datagram, datagram);
            default -> List.of(datagram);
        });
        handshake();
    }

    /// RFC 6347 §4.2.4: in the FINISHED state the server answers a repeated last flight with its own.
    @Test
    void repeatsItsLastFlightWhenTheClientDidNotGetIt() {
        link.path((fromClient, number, datagram) ->
                !fromClient && DtlsRecords.isLastFlight(datagram) ? List.of() : List.of(datagram));
        start();
        link.until(() -> server.state() == State.CONNECTED);
        link.carry();
        assertThat(client.state()).isEqualTo(State.HANDSHAKING);
        link.path((fromClient, number, datagram) -> List.of(datagram));
        link.until(() -> client.state() == State.CONNECTED);
        assertDataFlows();
    }

    @Test
    void standsGarbageAndTruncatedDatagramsAtAnyTime() {
        var random = new Random(6347);
        link.path((fromClient, number, datagram) -> {
            var delivered = new ArrayList<byte[]>();
            for (int i = 0; i < 5; i++) {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                if (noise.length > 0) {
                    noise[0] = (byte) (20 + random.nextInt(44));
                }
                delivered.add(noise);
                delivered.add(java.util.Arrays.copyOf(datagram, random.nextInt(datagram.length)));
            }
            delivered.add(datagram);
            return delivered;
        });
        handshake();
        assertDataFlows();
    }

    @Test
    void passesApplicationDataBothWaysInOrder() {
        handshake();
        for (int i = 0; i < 50; i++) {
            DtlsLink.send(client, new byte[] {1, (byte) i});
            DtlsLink.send(server, new byte[] {2, (byte) i});
        }
        link.carry();
        for (int i = 0; i < 50; i++) {
            assertThat(link.data(server)).containsExactly(1, i);
            assertThat(link.data(client)).containsExactly(2, i);
        }
        assertThat(link.data(server)).isEmpty();
    }

    @Test
    void carriesARecordOf1200BytesAndRefusesMore() {
        handshake();
        byte[] data = new byte[1200];
        new Random(8261).nextBytes(data);
        DtlsLink.send(client, data);
        link.carry();
        assertThat(link.data(server)).isEqualTo(data);
        assertThatThrownBy(() -> DtlsLink.send(client, new byte[1201])).isInstanceOf(IllegalArgumentException.class);
    }

    /// RFC 6347 §4.1.2.6, §4.1.2.7: replayed and forged records are dropped, and the association lives on.
    @Test
    void dropsReplayedAndForgedRecords() {
        handshake();
        link.path((fromClient, number, datagram) -> {
            byte[] forged = datagram.clone();
            forged[forged.length - 1] ^= 1;
            return List.of(forged, datagram, datagram);
        });
        DtlsLink.send(client, new byte[] {7});
        link.carry();
        assertThat(link.data(server)).containsExactly(7);
        assertThat(link.data(server)).isEmpty();
        link.path((fromClient, number, datagram) -> List.of(datagram));
        assertDataFlows();
    }

    @Test
    void dropsDataSentBeforeTheHandshake() {
        DtlsLink.send(server, new byte[] {1});
        assertThat(link.drain(server)).isEmpty();
    }

    /// RFC 5246 §7.2.1.
    @Test
    void closeOfTheClientIsSeen() {
        handshake();
        client.close();
        link.until(() -> server.state() == State.CLOSED);
        assertThat(server.srtpKeys()).isNull();
    }

    @Test
    void closeTellsTheClient() {
        handshake();
        server.close();
        link.until(() -> client.state() == State.CLOSED);
    }

    @Test
    void closeDuringTheHandshakeEndsItsThread() {
        start();
        var answered = new AtomicBoolean();
        link.path((fromClient, number, datagram) -> {
            answered.compareAndSet(false, !fromClient);
            return fromClient ? List.of(datagram) : List.of();
        });
        link.until(answered::get);
        server.close();
        link.until(() -> factory.counters().failed() == 1);
        assertThat(server.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void failsWhenTheHandshakeTakesTooLong() {
        var impatient = new BcDtlsFactory(SERVER, new DtlsSettings(Duration.ofMillis(300), Duration.ofMillis(50), 1));
        DtlsEndpoint waiting = impatient.server(link.news::release);
        link.connect(client, waiting);
        link.path((fromClient, number, datagram) -> fromClient && number == 0 ? List.of(datagram) : List.of());
        client.start();
        link.until(() -> waiting.state() == State.FAILED);
        DtlsLink.deliver(waiting, new byte[] {22, 1, 2, 3});
        assertThat(waiting.state()).isEqualTo(State.FAILED);
        assertThat(waiting.srtpKeys()).isNull();
    }

    @Test
    void leavesExcessHandshakesToTheClientsRetransmission() {
        var narrow = new BcDtlsFactory(SERVER, new DtlsSettings(Duration.ofSeconds(10), Duration.ofMillis(50), 1));
        DtlsEndpoint first = narrow.server(link.news::release);
        DtlsLink.deliver(first, new byte[] {22});
        DtlsEndpoint second = narrow.server(link.news::release);
        link.connect(client, second);
        client.start();
        link.until(() -> narrow.counters().refused() > 0);
        assertThat(second.state()).isEqualTo(State.HANDSHAKING);
        first.close();
        link.until(() -> second.state() == State.CONNECTED && client.state() == State.CONNECTED);
        second.close();
    }

    /// RFC 8827 §6.5, RFC 7627 §5.3, RFC 5764 §4.1: what we demand of a client.
    @ParameterizedTest
    @EnumSource(OddClient.Lack.class)
    void refusesAClientThatLacks(OddClient.Lack lack) {
        var odd = OddClient.association(CLIENT, FAST, lack, link.news::release);
        link.connect(odd, server);
        odd.start();
        link.until(() -> server.state() == State.FAILED);
        assertThat(server.srtpKeys()).isNull();
        assertThat(factory.counters().failed()).isEqualTo(1);
        link.until(() -> odd.state() == State.FAILED);
    }

    private BcDtlsClient client(List<SrtpProfile> profiles) {
        return new BcDtlsClient(CLIENT, FAST, profiles, link.news::release);
    }

    private void start() {
        link.connect(client, server);
        client.start();
    }

    private void handshake() {
        start();
        link.until(() -> server.state() == State.CONNECTED && client.state() == State.CONNECTED);
    }

    private void assertDataFlows() {
        link.carry();
        DtlsLink.send(client, new byte[] {1, 2, 3});
        link.carry();
        assertThat(link.data(server)).containsExactly(1, 2, 3);
        DtlsLink.send(server, new byte[] {4, 5});
        link.carry();
        assertThat(link.data(client)).containsExactly(4, 5);
    }
}
