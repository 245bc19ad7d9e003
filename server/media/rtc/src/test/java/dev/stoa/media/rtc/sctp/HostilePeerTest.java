package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stoa.media.rtc.sctp.VirtualLink.Path;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Bytes nobody should send: dropped, counted, and never more memory than the bounds.
class HostilePeerTest {
    private static final int[] TYPES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 63, 64, 128, 130, 192, 255};

    @Property(tries = 2_000)
    void standsAnyBytes(@ForAll @Size(max = 2100) byte[] bytes) {
        SctpPeer peer = SctpPeer.server(1);
        peer.receive(0, bytes);
        assertThat(peer.poll(0)).isEmpty();
        if (bytes.length >= 12) {
            peer.receive(0, Packets.sealed(bytes));
        }
    }

    /// Well-sealed packets with the right tag and any chunks, one after the other in one association.
    @Property(tries = 300)
    void standsAnyChunksOfAPeerThatHasTheTag(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int packets) {
        SplittableRandom random = new SplittableRandom(seed);
        VirtualLink link = VirtualLink.connected(seed, Path.PERFECT);
        link.client.sctp.openChannel("ion-sfu", "");
        link.run(100);
        long now = link.nowNs;
        assertThatCode(() -> {
                    for (int i = 0; i < packets; i++) {
                        link.server.receive(now + i, anyPacket(random, link.server));
                        link.server.poll(now + i);
                        link.server.sctp.handleTimeout(now + i);
                    }
                })
                .as("seed %d", seed)
                .doesNotThrowAnyException();
        assertThat(link.server.sctp.receiveWindow()).isBetween(0, Inbound.WINDOW_BYTES);
    }

    /// A good conversation with bytes flipped on the way: a wrong checksum hides them all, so they are lost packets.
    @Property(tries = 20)
    void takesFlippedBytesForLostPackets(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VirtualLink link = VirtualLink.connected(seed, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.drop = packet -> {
            if (random.nextInt(5) == 0) {
                packet[random.nextInt(packet.length)] ^= (byte) (1 + random.nextInt(255));
            }
            return false;
        };
        for (int i = 0; i < 50; i++) {
            link.server.sctp.sendText(stream, "message " + i);
            link.run(5);
        }
        link.runUntil(() -> link.client.texts.size() == 50, 600_000);
        assertThat(link.client.texts).as("seed %d", seed).hasSize(50);
        assertThat(link.client.sctp.counters().badChecksums()
                        + link.client.sctp.counters().badPackets())
                .isPositive();
    }

    @Test
    void dropsAndCountsWrongChecksumTagLengthAndPorts() {
        VirtualLink link = VirtualLink.connected(2, Path.PERFECT);
        byte[] good = Packets.to(link.server, ChunkType.ABORT, 0);
        byte[] badSum = good.clone();
        badSum[8] ^= 1;
        link.server.receive(link.nowNs, badSum);
        link.server.receive(link.nowNs, Packets.packet(link.server.sctp.localTag() + 1, ChunkType.ABORT, 0));
        link.server.receive(link.nowNs, new byte[15]);
        byte[] otherPort = good.clone();
        otherPort[1]++;
        link.server.receive(link.nowNs, Packets.sealed(otherPort));
        assertThat(link.server.events).isEmpty();
        SctpCounters counters = link.server.sctp.counters();
        assertThat(List.of(counters.badChecksums(), counters.badTags(), counters.badPackets()))
                .containsExactly(1L, 1L, 2L);
        link.server.receive(link.nowNs, good);
        assertThat(link.server.events).hasSize(1);
    }

    /// RFC 9260 §8.5.1 A: INIT has tag zero and is alone.
    @Test
    void dropsAnInitThatHasATagOrCompany() {
        SctpPeer peer = SctpPeer.server(3);
        byte[] value = Packets.hex("00000001 00010000 0010 0010 00000001");
        peer.receive(0, Packets.packet(7, ChunkType.INIT, 0, value));
        byte[] alone = Packets.packet(0, ChunkType.INIT, 0, value);
        byte[] accompanied = ByteBuffer.allocate(alone.length + 4)
                .put(alone)
                .putInt(ChunkType.COOKIE_ACK << 24 | 4)
                .array();
        peer.receive(0, Packets.sealed(accompanied));
        assertThat(peer.poll(0)).isEmpty();
        assertThat(peer.sctp.counters().badTags()).isEqualTo(2);
        peer.receive(0, alone);
        assertThat(peer.poll(0)).hasSize(1);
    }

    /// RFC 9260 §6.2: a peer that ignores our window cannot make us keep more.
    @Test
    void keepsNoMoreThanItsWindowAheadOfAGap() {
        VirtualLink link = VirtualLink.connected(4, Path.PERFECT);
        long tsn = link.server.sctp.receivedTsn();
        byte[] kilobyte = new byte[1024];
        for (int i = 2; i < 5_000; i++) {
            byte[] value = Packets.data(tsn + i, 0, 0, 51, kilobyte);
            link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.DATA, 3, value));
        }
        assertThat(link.server.sctp.receiveWindow()).isZero();
        assertThat(link.server.sctp.counters().outsideWindow()).isEqualTo(4_998 - Inbound.WINDOW_BYTES / 1024);
    }

    @Test
    void keepsABoundedNumberOfTinyChunksAheadOfAGap() {
        VirtualLink link = VirtualLink.connected(5, Path.PERFECT);
        long tsn = link.server.sctp.receivedTsn();
        for (int i = 2; i < 5_000; i++) {
            byte[] value = Packets.data(tsn + i, 0, 0, 51, (byte) 1);
            link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.DATA, 3, value));
        }
        assertThat(link.server.sctp.receiveWindow()).isEqualTo(Inbound.WINDOW_BYTES - (Inbound.WINDOW_TSNS - 2));
        assertThat(link.server.poll(link.nowNs)).allMatch(packet -> packet.length <= 1200);
    }

    /// RFC 9260 §6.2.1: acknowledging what was never sent changes nothing.
    @Test
    void ignoresASackForTheFuture() {
        VirtualLink link = VirtualLink.connected(6, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.drop = packet -> true;
        link.drain();
        byte[] sack = ByteBuffer.allocate(12)
                .putInt((int) link.client.sctp.receivedTsn() + 100)
                .putInt(1 << 16)
                .array();
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.SACK, 0, sack));
        link.drop = packet -> false;
        link.run(5_000);
        assertThat(link.client.events).containsExactly("open " + stream + " ion-sfu");
    }

    /// RFC 9260 §3.3.1: DATA without data ends the association.
    @Test
    void abortsOnDataWithoutData() {
        VirtualLink link = VirtualLink.connected(7, Path.PERFECT);
        byte[] value = Packets.data(link.server.sctp.receivedTsn() + 1, 0, 0, 51);
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.DATA, 3, value));
        assertThat(link.server.events).containsExactly("end protocol violation: DATA without data");
        link.run(100);
        assertThat(link.client.events).containsExactly("end aborted by the peer");
    }

    private static byte[] anyPacket(SplittableRandom random, SctpPeer to) {
        ByteBuffer out = ByteBuffer.allocate(1300);
        out.putShort((short) 5000)
                .putShort((short) 5000)
                .putInt(to.sctp.localTag())
                .putInt(0);
        int chunks = 1 + random.nextInt(4);
        for (int i = 0; i < chunks; i++) {
            int type = TYPES[random.nextInt(TYPES.length)];
            // ABORT ends the fun at once; let it come seldom.
            type = type == ChunkType.ABORT && random.nextInt(20) != 0 ? ChunkType.DATA : type;
            int length = random.nextInt(random.nextInt(10) == 0 ? 300 : 40);
            byte[] value = new byte[length];
            random.nextBytes(value);
            if (length >= 12 && random.nextInt(4) != 0) {
                ByteBuffer.wrap(value)
                        .putInt((int) to.sctp.receivedTsn() + random.nextInt(12) - 2)
                        .putShort((short) random.nextInt(6))
                        .putShort((short) random.nextInt(6))
                        .putInt(random.nextInt(48, 60));
            }
            int claimed = random.nextInt(30) == 0 ? random.nextInt(1 << 16) : 4 + length;
            out.put((byte) type).put((byte) random.nextInt(256)).putShort((short) claimed);
            out.put(value).position((out.position() + 3) & ~3);
        }
        byte[] packet = new byte[out.position()];
        out.get(0, packet);
        return Packets.sealed(packet);
    }
}
