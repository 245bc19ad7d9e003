package dev.stoa.media.rtc;

import static dev.stoa.media.rtc.TransportFixture.A;
import static dev.stoa.media.rtc.TransportFixture.B;
import static dev.stoa.media.rtc.TransportFixture.KEYS;
import static dev.stoa.media.rtc.TransportFixture.LOCAL;
import static dev.stoa.media.rtc.TransportFixture.PEER;
import static dev.stoa.media.rtc.TransportFixture.S;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.Checks;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/// RFC 8445, RFC 7675, RFC 5764, RFC 7983.
class PeerTransportTest {
    private static final MemorySegment CLIENT_HELLO = MemorySegment.ofArray(new byte[] {FakeDtls.HANDSHAKE, 1, 2});

    @Test
    void connectsWhenIceIsNominatedAndDtlsIsUp() {
        TransportFixture f = new TransportFixture(PEER, true);
        f.receive(0, A, Checks.nominating(LOCAL));
        assertThat(f.events).containsExactly("remote 1111");
        f.receive(0, A, CLIENT_HELLO);
        assertThat(f.out.take()).last().matches(sent -> Wire.u8(sent.bytes(), 0) == FakeDtls.HANDSHAKE);
        assertThat(f.transport.isConnected()).isFalse();
        f.dtls.connect(KEYS);
        f.transport.handleWakeup(S);
        assertThat(f.events).containsExactly("remote 1111", "connected");
        assertThat(f.transport.isConnected()).isTrue();
    }

    @Test
    void handshakesOnACheckedPathAndConnectsWithTheNomination() {
        TransportFixture f = new TransportFixture(PEER, true);
        f.receive(0, A, Checks.check(LOCAL));
        f.receive(0, A, CLIENT_HELLO);
        assertThat(f.out.take()).hasSize(2).allMatch(sent -> sent.remote().equals(A));
        f.dtls.connect(KEYS);
        f.transport.handleWakeup(S);
        assertThat(f.transport.isConnected()).isFalse();
        f.receive(S, A, Checks.nominating(LOCAL));
        assertThat(f.events).containsExactly("remote 1111", "connected");
    }

    @Test
    void dropsDtlsFromWhereNoCheckCameFrom() {
        TransportFixture f = new TransportFixture(PEER, true);
        f.receive(0, A, Checks.check(LOCAL));
        f.out.take();
        f.receive(0, B, CLIENT_HELLO);
        assertThat(f.out.take()).isEmpty();
        assertThat(f.transport.counters().dtlsBeforeIce).isEqualTo(1);
    }

    @Test
    void sendsWhatDtlsHasWaitingOnceThereIsAPath() {
        TransportFixture f = new TransportFixture(PEER, true);
        f.dtls.receive(CLIENT_HELLO, 0, 3);
        f.transport.handleWakeup(0);
        assertThat(f.out.take()).isEmpty();
        f.receive(0, A, Checks.check(LOCAL));
        assertThat(f.out.take()).hasSize(2);
    }

    @Test
    void waitsForAFingerprintThatComesLater() {
        TransportFixture f = new TransportFixture(null, true);
        f.connect();
        f.receive(0, A, TransportFixture.record("open early"));
        assertThat(f.transport.isConnected()).isFalse();
        assertThat(f.events).containsExactly("remote 1111");
        f.transport.setRemoteFingerprint(PEER);
        assertThat(f.transport.nextTimeoutNs()).isZero();
        f.transport.handleTimeout(S);
        assertThat(f.events).containsExactly("remote 1111", "connected", "channel 1 early");
    }

    @Test
    void failsOnAForeignCertificate() {
        TransportFixture f = new TransportFixture(new Fingerprint("sha-256", "00:11"), true);
        f.connect();
        assertThat(f.events).containsExactly("remote 1111", "failed fingerprint-mismatch");
        assertThat(f.transport.isClosed()).isTrue();
        assertThat(f.dtls.state()).isEqualTo(DtlsEndpoint.State.CLOSED);
        f.receive(S, A, f.sealedRtp(1));
        assertThat(f.events).hasSize(2);
    }

    @Test
    void failsWithDtls() {
        for (DtlsEndpoint.State state : List.of(DtlsEndpoint.State.FAILED, DtlsEndpoint.State.CLOSED)) {
            TransportFixture f = TransportFixture.connected();
            f.dtls.become(state);
            f.transport.handleWakeup(S);
            assertThat(f.events)
                    .containsExactly(state == DtlsEndpoint.State.FAILED ? "failed dtls-failed" : "failed dtls-closed");
            f.transport.handleWakeup(S);
            f.transport.handleTimeout(2 * S);
            assertThat(f.events).hasSize(1);
            assertThat(f.transport.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void opensMediaAndDropsReplaysForgeriesAndStrangers() {
        TransportFixture f = TransportFixture.connected();
        MemorySegment packet = f.sealedRtp(7);
        MemorySegment again = f.sealedRtp(8);
        MemorySegment replay = MemorySegment.ofArray(again.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        MemorySegment forged = f.sealedRtp(9);
        Wire.put8(forged, 50, 1);
        f.receive(S, A, packet);
        f.receive(S, A, again);
        f.receive(S, A, replay);
        f.receive(S, A, forged);
        f.receive(S, B, f.sealedRtp(10));
        f.receive(S, A, f.sealedRtcp());
        assertThat(f.events).containsExactly("rtp 7 100", "rtp 8 100", "rtcp 201");
        TransportCounters counters = f.transport.counters();
        assertThat(counters.rtpIn).isEqualTo(2);
        assertThat(counters.rtcpIn).isEqualTo(1);
        assertThat(counters.replays).isEqualTo(1);
        assertThat(counters.authFailures).isEqualTo(1);
        assertThat(counters.mediaFromUnknownRemote).isEqualTo(1);
    }

    @Test
    void countsMediaBeforeTheKeys() {
        TransportFixture f = new TransportFixture(PEER, true);
        f.receive(0, A, Checks.nominating(LOCAL));
        f.receive(0, A, f.sealedRtp(1));
        assertThat(f.transport.counters().mediaBeforeKeys).isEqualTo(1);
    }

    @Test
    void sealsMediaForTheNominatedPath() {
        TransportFixture f = TransportFixture.connected();
        assertThat(f.sendRtp(5)).isTrue();
        TransportFixture.writeRtcp(f.out.slab());
        assertThat(f.transport.sendRtcp(f.out.reserve(), 8)).isTrue();
        List<RecordingOut.Sent> sent = f.out.take();
        assertThat(sent).hasSize(2).allMatch(s -> s.remote().equals(A));
        assertThat(f.client.openRtp(sent.get(0).bytes(), 0, sent.get(0).length()))
                .isEqualTo(100);
        assertThat(f.client.openRtcp(sent.get(1).bytes(), 0, sent.get(1).length()))
                .isEqualTo(8);
        assertThat(f.transport.counters().rtpOut).isEqualTo(1);
        assertThat(f.transport.counters().rtcpOut).isEqualTo(1);
    }

    @Test
    void refusesToSendTheSameNumberTwiceAndWhatIsTooLong() {
        TransportFixture f = TransportFixture.connected();
        f.sendRtp(5);
        assertThat(f.sendRtp(5)).isFalse();
        assertThat(f.transport.counters().sealRefused).isEqualTo(1);
        assertThat(f.transport.sendRtp(f.out.reserve(), 12, PeerTransport.maxRtpBytes() + 1))
                .isFalse();
        assertThat(f.transport.counters().unsendable).isEqualTo(1);
    }

    @Test
    void followsThePathWhileConnected() {
        TransportFixture f = TransportFixture.connected();
        f.receive(S, B, Checks.check(LOCAL));
        f.receive(S, B, f.sealedRtp(1));
        f.receive(S, B, Checks.nominating(LOCAL));
        assertThat(f.events).containsExactly("rtp 1 100", "remote 2222");
        f.out.take();
        f.sendRtp(1);
        assertThat(f.out.take()).singleElement().matches(s -> s.remote().equals(B));
        f.receive(S, A, f.sealedRtp(2));
        assertThat(f.events).last().isEqualTo("rtp 2 100");
    }

    @Test
    void losesAndRegainsConsent() {
        TransportFixture f = TransportFixture.connected();
        assertThat(f.transport.nextTimeoutNs()).isEqualTo(15 * S);
        f.transport.handleTimeout(15 * S);
        assertThat(f.events).containsExactly("disconnected");
        assertThat(f.sendRtp(1)).isFalse();
        f.receive(40 * S, A, Checks.check(LOCAL));
        assertThat(f.events).containsExactly("disconnected", "connected");
        assertThat(f.sendRtp(2)).isTrue();
    }

    @Test
    void anEightSecondBlackoutIsNotNoticed() {
        TransportFixture f = TransportFixture.connected();
        f.transport.handleTimeout(8 * S);
        f.receive(8 * S, A, Checks.check(LOCAL));
        f.transport.handleTimeout(16 * S);
        assertThat(f.events).isEmpty();
        assertThat(f.transport.isConnected()).isTrue();
    }

    @Test
    void tellsARestartAsANewConnection() {
        TransportFixture f = TransportFixture.connected();
        IceCredentials next = new IceCredentials("next", "another-password-of-the-next");
        f.transport.restartIce(next);
        assertThat(f.transport.localUfrag()).isEqualTo("next");
        assertThat(f.transport.acceptsUfrag("abcd")).isTrue();
        f.receive(S, A, f.sealedRtp(1));
        assertThat(f.sendRtp(1)).isTrue();
        f.receive(S, B, Checks.nominating(next));
        assertThat(f.events).containsExactly("rtp 1 100", "remote 2222", "connected");
        assertThat(f.transport.acceptsUfrag("abcd")).isFalse();
    }

    @Test
    void authenticatesChecksForItsOwner() {
        TransportFixture f = new TransportFixture(PEER, true);
        MemorySegment good = Checks.check(LOCAL);
        assertThat(f.transport.handleStun(0, A, good, 0, (int) good.byteSize())).isTrue();
        MemorySegment bad = Checks.check(new IceCredentials("abcd", "guess"));
        assertThat(f.transport.handleStun(0, B, bad, 0, (int) bad.byteSize())).isFalse();
        assertThat(f.transport.counters().stunBadCredentials).isEqualTo(1);
        assertThat(f.transport.counters().stunAccepted).isEqualTo(1);
    }

    @Test
    void tellsWhichRemotesItForgot() {
        TransportFixture f = TransportFixture.connected();
        for (int port = 1; port <= 20; port++) {
            f.receive(port, Checks.remote(port), Checks.check(LOCAL));
        }
        assertThat(f.events).containsExactly("forgotten 1", "forgotten 2", "forgotten 3", "forgotten 4", "forgotten 5");
    }

    @Test
    void aClosedConnectionDisconnects() {
        TransportFixture f = TransportFixture.connected();
        f.transport.forgetRemote(A);
        assertThat(f.events).containsExactly("disconnected");
        f.receive(S, B, Checks.nominating(LOCAL));
        assertThat(f.events).containsExactly("disconnected", "remote 2222", "connected");
    }

    @Test
    void carriesDataChannels() {
        TransportFixture f = TransportFixture.connected();
        f.receive(S, A, TransportFixture.record("open ion-sfu"));
        f.receive(S, A, TransportFixture.record("hello"));
        assertThat(f.events).containsExactly("channel 1 ion-sfu", "text 1 hello");
        assertThat(f.sctp().connecting).isFalse();
        assertThat(f.transport.sendText(1, "later")).isTrue();
        assertThat(f.transport.nextTimeoutNs()).isZero();
        f.transport.handleTimeout(2 * S);
        assertThat(f.sentTexts()).containsExactly("later");
        f.transport.sendText(3 * S, 1, "now");
        assertThat(f.sentTexts()).containsExactly("now");
    }

    @Test
    void opensItsOwnChannelOnceConnected() {
        TransportFixture f = new TransportFixture(PEER, true);
        assertThat(f.transport.openChannel("ion-sfu", "")).isEqualTo(1);
        f.transport.handleTimeout(0);
        assertThat(f.transport.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(f.sctp().connecting).isFalse();
        f.connect();
        assertThat(f.sctp().connecting).isTrue();
        assertThat(f.sentTexts()).containsExactly("open ion-sfu");
    }

    @Test
    void answersATextFromInsideTheListener() {
        TransportFixture f = TransportFixture.connected();
        f.receive(S, A, TransportFixture.record("echo"));
        assertThat(f.sentTexts()).containsExactly("echoed");
    }

    @Test
    void mayBeClosedFromInsideTheListener() {
        TransportFixture f = TransportFixture.connected();
        f.receive(S, A, TransportFixture.record("close"));
        assertThat(f.transport.isClosed()).isTrue();
        assertThat(f.events).containsExactly("text 1 close");
    }

    @Test
    void keepsTheTimerOfTheAssociation() {
        TransportFixture f = TransportFixture.connected();
        f.sctp().timeoutNs = 3 * S;
        assertThat(f.transport.nextTimeoutNs()).isEqualTo(3 * S);
        f.transport.handleTimeout(3 * S);
        assertThat(f.sentTexts()).containsExactly("again");
    }

    @Test
    void failsWhenTheAssociationEnds() {
        TransportFixture f = TransportFixture.connected();
        f.receive(S, A, TransportFixture.record("bye"));
        assertThat(f.events).containsExactly("failed sctp-closed");
    }

    @Test
    void closeSaysGoodByeOnceAndThenAllIsSilent() {
        TransportFixture f = TransportFixture.connected();
        f.transport.close();
        f.transport.close();
        assertThat(f.out.take()).singleElement().matches(s -> Wire.u8(s.bytes(), 0) == 21);
        assertThat(f.sctp().closed).isTrue();
        assertThat(f.sendRtp(1)).isFalse();
        f.receive(S, A, Checks.nominating(LOCAL));
        f.transport.handleTimeout(60 * S);
        assertThat(f.out.take()).isEmpty();
        assertThat(f.events).isEmpty();
    }
}
