package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.sctp.VirtualLink.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beginning and ending of associations (RFC 9260 §5, §8, §9).
class HandshakeTest {
    @Test
    void answersThePeersInitWithoutConnectingItself() {
        VirtualLink link = new VirtualLink(1, Path.PERFECT);
        link.client.sctp.connect(link.nowNs);
        link.run(45);
        assertThat(link.client.sctp.isEstablished()).isTrue();
        assertThat(link.server.sctp.isEstablished()).isTrue();
        assertThat(link.packets).isEqualTo(4);
    }

    /// RFC 9260 §5.2.1, §5.2.4 B and D: both send INIT before either hears the other.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void survivesInitsThatCross(long seed) {
        VirtualLink link = new VirtualLink(seed, new Path(seed % 2 == 0 ? 0.3 : 0, 0.2, 10, 40));
        link.client.sctp.connect(link.nowNs);
        link.server.sctp.connect(link.nowNs);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.server.sctp.sendText(stream, "hello");
        assertThat(link.runUntil(() -> link.client.texts.equals(List.of("hello")), 120_000))
                .as("seed %d", seed)
                .isTrue();
        link.client.sctp.sendText(stream, "back");
        assertThat(link.runUntil(() -> link.server.texts.equals(List.of("back")), 120_000))
                .as("seed %d", seed)
                .isTrue();
        assertThat(link.client.sctp.isEstablished() && link.server.sctp.isEstablished())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {ChunkType.INIT, ChunkType.INIT_ACK, ChunkType.COOKIE_ECHO, ChunkType.COOKIE_ACK})
    void repeatsAHandshakeChunkLostTwice(int type) {
        VirtualLink link = new VirtualLink(3, Path.PERFECT);
        int[] lost = {0};
        link.drop = packet -> packet[12] == type && lost[0]++ < 2;
        link.client.sctp.connect(link.nowNs);
        assertThat(link.runUntil(() -> link.client.sctp.isEstablished() && link.server.sctp.isEstablished(), 10_000))
                .isTrue();
        assertThat(lost[0]).isEqualTo(3);
    }

    /// RFC 9260 §5.2.6: a cookie that came after its life is reported and a new one is asked for.
    @Test
    void asksForANewCookieWhenTheOldOneIsStale() {
        VirtualLink link = new VirtualLink(4, Path.PERFECT);
        long freshNs = link.nowNs + StateCookie.LIFE_NS + VirtualLink.MS;
        int[] inits = {0};
        link.drop = packet -> {
            inits[0] += packet[12] == ChunkType.INIT ? 1 : 0;
            return packet[12] == ChunkType.COOKIE_ECHO && link.nowNs < freshNs;
        };
        link.client.sctp.connect(link.nowNs);
        assertThat(link.runUntil(() -> link.client.sctp.isEstablished() && link.server.sctp.isEstablished(), 80_000))
                .isTrue();
        assertThat(inits[0]).isEqualTo(2);
    }

    @Test
    void refusesACookieItDidNotMake() {
        VirtualLink link = new VirtualLink(5, Path.PERFECT);
        link.client.sctp.connect(link.nowNs);
        byte[] init = link.client.poll(link.nowNs).getFirst();
        link.server.receive(link.nowNs, init);
        link.client.receive(link.nowNs, link.server.poll(link.nowNs).getFirst());
        byte[] echo = link.client.poll(link.nowNs).getFirst();
        echo[30] ^= 1;
        link.server.receive(link.nowNs, Packets.sealed(echo));
        assertThat(link.server.sctp.isEstablished()).isFalse();
        assertThat(link.server.sctp.counters().badChunks()).isEqualTo(1);
    }

    @Test
    void givesUpWhenNobodyAnswers() {
        VirtualLink link = new VirtualLink(6, Path.PERFECT);
        link.drop = packet -> true;
        link.client.sctp.connect(link.nowNs);
        link.run(200_000);
        assertThat(link.client.events).containsExactly("end retransmissions exhausted");
        assertThat(link.packets).isEqualTo(SctpStateMachine.MAX_RETRANSMISSIONS + 1);
        assertThat(link.client.sctp.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    /// RFC 9260 §8.1, with a limit that outlives the 75 s a peer has to come back.
    @Test
    void closesWhenDataStaysUnacknowledged() {
        VirtualLink link = VirtualLink.connected(7, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.run(500);
        link.drop = packet -> true;
        link.server.sctp.sendText(stream, "nobody hears");
        link.run(75_000);
        assertThat(link.server.events).containsExactly("open 1 ion-sfu");
        link.run(75_000);
        assertThat(link.server.events).endsWith("end retransmissions exhausted");
    }

    /// RFC 9260 §8.3.
    @Test
    void noticesADeadPeerByHeartbeats() {
        VirtualLink link = VirtualLink.connected(8, Path.PERFECT);
        link.run(300_000);
        assertThat(link.server.events).isEmpty();
        link.drop = packet -> true;
        link.run(200_000);
        assertThat(link.server.events).containsExactly("end retransmissions exhausted");
    }

    /// RFC 9260 §9.2: what was queued before arrives before the end.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shutsDownAfterDeliveringWhatWasQueued(long seed) {
        VirtualLink link = VirtualLink.connected(seed, new Path(0.2, 0.1, 10, 20));
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.runUntil(() -> !link.server.events.isEmpty(), 30_000);
        for (int i = 0; i < 100; i++) {
            link.server.sctp.sendText(stream, "message " + i);
        }
        link.server.sctp.close();
        assertThat(link.server.sctp.sendText(stream, "too late")).isFalse();
        link.run(300_000);
        assertThat(link.client.texts).as("seed %d", seed).hasSize(100);
        assertThat(link.client.events).as("seed %d", seed).endsWith("end shutdown");
        assertThat(link.server.events).as("seed %d", seed).endsWith("end shutdown");
    }

    @Test
    void shutsDownFromBothSidesAtOnce() {
        VirtualLink link = VirtualLink.connected(9, Path.PERFECT);
        link.server.sctp.close();
        link.client.sctp.close();
        link.run(5_000);
        assertThat(link.server.events).containsExactly("end shutdown");
        assertThat(link.client.events).containsExactly("end shutdown");
    }

    @Test
    void endsAtOnceWhenThePeerAborts() {
        VirtualLink link = VirtualLink.connected(10, Path.PERFECT);
        link.client.receive(link.nowNs, Packets.to(link.client, ChunkType.ABORT, 0));
        assertThat(link.client.events).containsExactly("end aborted by the peer");
        assertThat(link.client.poll(link.nowNs)).isEmpty();
    }

    /// RFC 9260 §5.2.4 A: over DTLS a restart has no meaning.
    @Test
    void endsWhenThePeerBeginsAnew() {
        VirtualLink link = VirtualLink.connected(11, Path.PERFECT);
        SctpPeer reborn = SctpPeer.client(99);
        reborn.sctp.connect(link.nowNs);
        for (int i = 0; i < 4; i++) {
            reborn.poll(link.nowNs).forEach(packet -> link.server.receive(link.nowNs, packet));
            link.server.poll(link.nowNs).forEach(packet -> reborn.receive(link.nowNs, packet));
        }
        assertThat(link.server.events).containsExactly("end the peer restarted");
    }

    /// RFC 9260 §5.2.2: an old INIT that comes late must not disturb what stands.
    @Test
    void survivesALateDuplicateOfTheInit() {
        VirtualLink link = new VirtualLink(12, Path.PERFECT);
        link.client.sctp.connect(link.nowNs);
        byte[] init = link.client.poll(link.nowNs).getFirst();
        link.server.receive(link.nowNs, init);
        link.run(100);
        link.server.receive(link.nowNs, init);
        link.run(1_000);
        assertThat(link.server.sctp.isEstablished() && link.client.sctp.isEstablished())
                .isTrue();
    }

    @Test
    void closesAtOnceWhenItNeverWasUp() {
        SctpPeer alone = SctpPeer.server(13);
        alone.sctp.close();
        alone.sctp.close();
        assertThat(alone.events).containsExactly("end closed");
        assertThat(alone.sctp.openChannel("ion-sfu", "")).isEqualTo(-1);
    }
}
