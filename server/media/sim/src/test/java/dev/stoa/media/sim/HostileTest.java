package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.AddressLimits;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.TransportId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers and members send in bad faith leaves the room unharmed.
class HostileTest {
    private static final Remote STRANGER = new Remote().setIpv4(0x0A020202, 6666);

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73, 74, 75})
    void garbageLeavesTheRoomUnharmed(long seed) {
        Call call = new Call(seed);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 300; i++) {
            call.runMs(10);
            Remote from = i % 2 == 0 ? STRANGER : i % 4 == 1 ? ada.node.address() : ben.node.address();
            for (int j = 0; j < 10; j++) {
                garbage(call, from, random);
            }
        }

        assertThat(seen.sink().framesShown()).as(call.name()).isGreaterThan(85);
        assertThat(seen.sink().missing()).as(call.name()).isZero();
        assertThat(seen.sink().badPayloads()).as(call.name()).isZero();
        assertThat(call.count(SfuCounter.DROPPED_GARBAGE)).as(call.name()).isPositive();
        assertThat(call.count(SfuCounter.DROPPED_UNKNOWN_REMOTE))
                .as(call.name())
                .isPositive();
        assertThat(call.count(SfuCounter.DROPPED_DTLS_BEFORE_ICE))
                .as(call.name())
                .isPositive();
        assertThat(call.count(SfuCounter.DROPPED_STUN)).as(call.name()).isPositive();
        assertThat(call.count(SfuCounter.DROPPED_AUTHENTICATION))
                .as(call.name())
                .isPositive();
    }

    private static void garbage(Call call, Remote from, SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(0, 300)];
        random.nextBytes(bytes);
        // Half of it looks like RTP at first, so that it comes further. A lone alert byte would really close SimDtls.
        if (bytes.length > 12 && random.nextBoolean()) {
            bytes[0] = (byte) 0x80;
            bytes[1] = 96;
        }
        call.sfu.handleDatagram(call.simulation.nowNs(), from, MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    @Test
    void truncatedCopiesOfRealDatagramsAreDropped() {
        Call call = new Call(76);
        List<byte[]> captured = capture(call);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = call.joined().subscribe(video);
        call.runMs(1_000);
        long frames = seen.sink().framesShown();

        for (byte[] datagram : List.copyOf(captured)) {
            for (int length = 0; length < Math.min(datagram.length, 80); length++) {
                MemorySegment copy = MemorySegment.ofArray(datagram.clone());
                call.sfu.handleDatagram(call.simulation.nowNs(), ada.node.address(), copy, 0, length);
            }
        }
        call.runMs(1_000);

        assertThat(captured).hasSizeGreaterThan(150);
        assertThat(seen.sink().framesShown() - frames).isGreaterThan(25);
        assertThat(seen.sink().duplicates()).isZero();
    }

    private static byte[] check(int number) {
        byte[] bytes = new byte[28];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        // A binding request (RFC 8489 §5) with a user name nobody has.
        bytes[1] = 1;
        bytes[3] = 8;
        segment.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 4, 0x2112A442);
        segment.set(ValueLayout.JAVA_INT_UNALIGNED, 8, number);
        bytes[21] = 6;
        bytes[23] = 4;
        bytes[24] = 'n';
        return bytes;
    }

    @Test
    void aFloodOfChecksFromOneAddressIsCutOffBeforeTheyAreReadAndHarmsNobodyElse() {
        SfuSettings settings = SfuSettings.DEFAULT.withAddresses(new AddressLimits(100, 200, 50, 100, 9));
        Call call = new Call(78, SrtpProfile.AEAD_AES_128_GCM, settings);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = call.joined().subscribe(video);
        call.runMs(500);
        long read = call.count(SfuCounter.DROPPED_STUN);
        Remote from = new Remote();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = check(i);
            if (i % 10 == 0) {
                call.runMs(1);
            }
            from.setIpv4(0x0A020202, 1 + i % 60_000);
            call.sfu.handleDatagram(call.simulation.nowNs(), from, MemorySegment.ofArray(bytes), 0, bytes.length);
        }
        // Two hundred at once and a hundred in each of the two seconds it took.
        assertThat(call.count(SfuCounter.DROPPED_STUN) - read).isBetween(390L, 410L);
        assertThat(call.count(SfuCounter.DROPPED_CHECKS_OF_ADDRESS)).isBetween(19_590L, 19_610L);
        assertThat(call.joined().isConnected()).isTrue();
        assertThat(seen.sink().missing()).isZero();
        assertThat(seen.sink().framesShown()).isGreaterThan(60);
    }

    @Test
    void checksOfWhoProvedItsPathAreNeverCutOff() {
        SfuSettings settings = SfuSettings.DEFAULT.withAddresses(new AddressLimits(1, 20, 1, 20, 9));
        Call call = new Call(79, SrtpProfile.AEAD_AES_128_GCM, settings);
        Call.Peer ada = call.joined();
        call.runMs(300_000);
        assertThat(ada.isConnected()).isTrue();
        assertThat(call.events(SfuEvent.TransportDisconnected.class)).isEmpty();
        assertThat(call.count(SfuCounter.DROPPED_CHECKS_OF_ADDRESS)).isZero();
    }

    @Test
    void anAddressBeginsSoManyHandshakesAndTheRestLater() {
        SfuSettings settings = SfuSettings.DEFAULT.withAddresses(new AddressLimits(1_000, 1_000, 1, 1, 9));
        Call call = new Call(80, SrtpProfile.AEAD_AES_128_GCM, settings);
        call.sameAddress = true;
        Call.Peer ada = call.join();
        Call.Peer ben = call.join();
        call.runMs(300);
        assertThat(List.of(ada.isConnected(), ben.isConnected())).containsExactlyInAnyOrder(true, false);
        assertThat(call.count(SfuCounter.DROPPED_HANDSHAKES_OF_ADDRESS)).isPositive();
        call.connect(ada);
        call.connect(ben);
    }

    /// RFC 3711 §3.3.2.
    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void replayedSrtpIsDroppedAndCounted(SrtpProfile profile) {
        Call call = new Call(77, profile);
        List<byte[]> captured = capture(call);
        Call.Peer ada = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = call.joined().subscribe(video);
        call.runMs(500);
        long forwarded = call.count(SfuCounter.RTP_FORWARDED);
        List<byte[]> media =
                captured.stream().filter(d -> (d[0] & 0xC0) == 0x80).toList();

        for (byte[] datagram : media) {
            MemorySegment copy = MemorySegment.ofArray(datagram.clone());
            call.sfu.handleDatagram(call.simulation.nowNs(), ada.node.address(), copy, 0, datagram.length);
        }

        assertThat(media).hasSizeGreaterThan(80);
        assertThat(call.count(SfuCounter.RTP_FORWARDED)).isEqualTo(forwarded);
        call.runMs(2_000);
        assertThat(call.count(SfuCounter.DROPPED_REPLAY)).isEqualTo(media.size());
        assertThat(seen.sink().duplicates()).isZero();
        assertThat(seen.sink().missing()).isZero();
    }

    @Test
    void emptyDatagramsAreCountedAndGetNoAnswer() {
        Call call = new Call(43);
        call.joined();
        long dropped = call.count(SfuCounter.DROPPED_GARBAGE);
        long answered = call.count(SfuCounter.DATAGRAMS_OUT);
        MemorySegment nothing = MemorySegment.ofArray(new byte[0]);
        for (int i = 0; i < 10; i++) {
            call.sfu.handleDatagram(call.simulation.nowNs(), Call.address(200, 9), nothing, 0, 0);
        }
        assertThat(call.count(SfuCounter.DROPPED_GARBAGE) - dropped).isEqualTo(10);
        assertThat(call.count(SfuCounter.DATAGRAMS_OUT)).isEqualTo(answered);
    }

    @Test
    void dtlsBeforeIceIsCountedAndGetsNoAnswer() {
        Call call = new Call(78);
        call.join();
        long sent = call.simulation.network().sent();
        byte[] hello = new byte[60];
        hello[0] = 22;
        call.sfu.handleDatagram(call.simulation.nowNs(), STRANGER, MemorySegment.ofArray(hello), 0, hello.length);
        assertThat(call.count(SfuCounter.DROPPED_DTLS_BEFORE_ICE)).isEqualTo(1);
        assertThat(call.simulation.network().sent()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checksWithWrongCredentialsConnectNobody(boolean knownUfrag) {
        Call call = new Call(79);
        TransportId transport = new TransportId(500);
        IceCredentials right = new IceCredentials("right", "right-password-00000000000");
        IceCredentials wrong = new IceCredentials(knownUfrag ? "right" : "wrong", "wrong-password-00000000000");
        SimDtls.Client client = call.dtls.client();
        call.sfu.submit(new SfuCommand.OpenTransport(transport, Call.ROOM, right, client.fingerprint(), null));
        SimPeerNode mallory = new SimPeerNode(
                call.simulation,
                STRANGER,
                out -> new SimPeerConfig(
                        Call.SERVER,
                        new IceCredentials("m", "mallory-password-000000000"),
                        wrong,
                        client,
                        client::retransmit,
                        new JdkSrtpCiphers(),
                        out,
                        new SplittableRandom(1)));
        mallory.peer().start(call.simulation.nowNs());
        call.runMs(3_000);

        assertThat(mallory.peer().isConnected()).isFalse();
        assertThat(call.events(SfuEvent.TransportConnected.class)).isEmpty();
        assertThat(call.count(SfuCounter.DROPPED_STUN)).isGreaterThan(50);
    }

    @Test
    void aForeignCertificateEndsTheTransport() {
        Call call = new Call(80);
        Call.Peer ada = call.join();
        call.sfu.submit(new SfuCommand.SetRemoteFingerprint(
                ada.transport, call.dtls.client().fingerprint()));
        call.runMs(2_000);
        assertThat(call.events(SfuEvent.TransportFailed.class))
                .containsExactly(new SfuEvent.TransportFailed(ada.transport, "fingerprint-mismatch"));
        assertThat(call.events(SfuEvent.TransportConnected.class)).isEmpty();
        assertThat(call.sfu.worker().transports()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 400})
    void aNackStormIsNotMultiplied(int packets) {
        Call call = new Call(81);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(6_000);
        long before = call.count(SfuCounter.RETRANSMITTED);

        for (int i = 0; i < 1_000; i++) {
            ben.node.peer().askPackets(seen.sink(), packets);
        }
        call.runMs(100);

        assertThat(call.count(SfuCounter.NACKS_RECEIVED)).isEqualTo(1_000L * packets);
        assertThat(call.count(SfuCounter.RETRANSMITTED) - before).isLessThanOrEqualTo(packets);
    }

    /// Everything peers send to the server, from now on.
    private static List<byte[]> capture(Call call) {
        List<byte[]> captured = new ArrayList<>();
        call.simulation.network().attach(Call.SERVER, new SimNode() {
            @Override
            public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
                byte[] copy = new byte[Math.min(length, DatagramOut.SLOT_BYTES)];
                MemorySegment.copy(buffer, offset, MemorySegment.ofArray(copy), 0, copy.length);
                if (from.equals(Call.address(1, 40_000))) {
                    captured.add(copy);
                }
                call.sfu.handleDatagram(nowNs, from, buffer, offset, length);
            }

            @Override
            public void handleTimeout(long nowNs) {}

            @Override
            public long nextTimeoutNs() {
                return Long.MAX_VALUE;
            }
        });
        return captured;
    }
}
