package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.sctp.VirtualLink.Path;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels (RFC 8831, RFC 8832, RFC 6525).
class DataChannelsTest {
    @Test
    void tellsBothSidesOfAChannelWithItsLabel() {
        VirtualLink link = VirtualLink.connected(1, Path.PERFECT);
        String label = "sprich \u00e4\u4f60\ud83d\ude00";
        assertThat(link.server.sctp.openChannel(label, "SCTP")).isEqualTo(1);
        assertThat(link.client.sctp.openChannel("ion-sfu", "SCTP")).isEqualTo(0);
        link.run(100);
        assertThat(link.server.events).containsExactlyInAnyOrder("open 0 ion-sfu", "open 1 " + label);
        assertThat(link.client.events).containsExactlyInAnyOrder("open 0 ion-sfu", "open 1 " + label);
    }

    /// RFC 8832 §6: what is sent before the acknowledgement, even before the association, is not lost.
    @Test
    void keepsWhatWasSentBeforeTheAssociationWasUp() {
        VirtualLink link = new VirtualLink(2, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        assertThat(link.server.sctp.sendText(stream, "early")).isTrue();
        link.client.sctp.connect(link.nowNs);
        link.run(200);
        assertThat(link.client.events).containsExactly("open 1 ion-sfu");
        assertThat(link.client.texts).containsExactly("early");
    }

    @Test
    void carriesEmptyAndWideText() {
        VirtualLink link = VirtualLink.connected(3, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.server.sctp.sendText(stream, "");
        link.server.sctp.sendText(stream, "\u00e4\u4f60\ud83d\ude00");
        link.run(200);
        assertThat(link.client.texts).containsExactly("", "\u00e4\u4f60\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void closesOnBothSidesAfterDeliveringWhatWasQueued(long seed) {
        VirtualLink link = VirtualLink.connected(seed, new Path(seed == 1 ? 0 : 0.25, 0.1, 10, 30));
        for (int round = 0; round < 3; round++) {
            link.client.events.clear();
            link.server.events.clear();
            link.client.texts.clear();
            int stream = link.server.sctp.openChannel("round " + round, "");
            assertThat(stream).as("seed %d", seed).isEqualTo(1 + 2 * round);
            for (int i = 0; i < 20; i++) {
                link.server.sctp.sendText(stream, "message " + i);
            }
            link.runUntil(() -> !link.server.events.isEmpty(), 60_000);
            link.server.sctp.closeChannel(stream);
            assertThat(link.server.sctp.sendText(stream, "late")).isFalse();
            link.run(60_000);
            assertThat(link.client.texts).as("seed %d", seed).hasSize(20);
            assertThat(link.client.events)
                    .as("seed %d", seed)
                    .containsExactly("open " + stream + " round " + round, "close " + stream);
            assertThat(link.server.events)
                    .as("seed %d", seed)
                    .containsExactly("open " + stream + " round " + round, "close " + stream);
        }
    }

    /// RFC 8831 §6.7: an id is free when both directions are reset; we go round all others first.
    @Test
    void usesAnIdAgainAfterAllOthers() {
        VirtualLink link = VirtualLink.connected(3, Path.PERFECT);
        for (int i = 0; i <= SctpStateMachine.MAX_STREAMS / 2; i++) {
            int stream = link.server.sctp.openChannel("c" + i, "");
            assertThat(stream).isEqualTo(1 + 2 * i % SctpStateMachine.MAX_STREAMS);
            link.server.sctp.sendText(stream, "text " + i);
            link.run(100);
            link.client.sctp.closeChannel(stream);
            link.run(300);
        }
        assertThat(link.client.texts).hasSize(SctpStateMachine.MAX_STREAMS / 2 + 1);
        assertThat(link.server.events).endsWith("open 1 c512", "close 1");
        assertThat(link.client.events).endsWith("open 1 c512", "close 1");
    }

    @Test
    void refusesChannelsBeyondTheirNumberAndSize() {
        VirtualLink link = VirtualLink.connected(4, Path.PERFECT);
        assertThat(link.server.sctp.openChannel("x".repeat(DataChannels.MAX_LABEL_BYTES + 1), ""))
                .isEqualTo(-1);
        for (int i = 1; i < SctpStateMachine.MAX_STREAMS; i += 2) {
            assertThat(link.server.sctp.openChannel("c", "")).isEqualTo(i);
        }
        assertThat(link.server.sctp.openChannel("c", "")).isEqualTo(-1);
        link.run(2_000);
        assertThat(link.client.events).hasSize(SctpStateMachine.MAX_STREAMS / 2);
    }

    @Test
    void dropsAndCountsBinaryMessages() {
        VirtualLink link = withChannel(5);
        give(link.server, 3, 0, 53, 1, 2, 3);
        assertThat(link.server.texts).isEmpty();
        assertThat(link.server.sctp.counters().binaryMessages()).isEqualTo(1);
    }

    @Test
    void dropsMessagesWithoutAChannel() {
        VirtualLink link = withChannel(6);
        give(link.server, 3, 44, 51, 'a');
        give(link.server, 3, 2000, 51, 'a');
        assertThat(link.server.texts).isEmpty();
        assertThat(link.server.sctp.counters().droppedMessages()).isEqualTo(2);
        assertThat(link.server.sctp.isEstablished()).isTrue();
    }

    /// RFC 9260 §6.6: U bit; the order among ordered messages is not touched by it.
    @Test
    void takesUnorderedMessages() {
        VirtualLink link = withChannel(7);
        give(link.server, 7, 0, 51, 'u');
        give(link.server, 3, 0, 51, 'o');
        assertThat(link.server.texts).containsExactly("u", "o");
    }

    @Test
    void dropsMessagesOverTheSizeWePromise() {
        VirtualLink link = withChannel(8);
        byte[] kilobyte = new byte[1024];
        for (int i = 0; i <= 256; i++) {
            int flags = i == 0 ? 2 : i == 256 ? 1 : 0;
            long tsn = link.server.sctp.receivedTsn() + 1;
            link.server.receive(
                    link.nowNs, Packets.to(link.server, ChunkType.DATA, flags, Packets.data(tsn, 0, 1, 51, kilobyte)));
        }
        assertThat(link.server.texts).isEmpty();
        assertThat(link.server.sctp.counters().droppedMessages()).isEqualTo(1);
        give(link.server, 3, 0, 51, 'k');
        assertThat(link.server.texts).containsExactly("k");
    }

    @Test
    void takesMessagesOfExactlyTheSizeWePromise() {
        VirtualLink link = withChannel(9);
        byte[] kilobyte = "k".repeat(1024).getBytes();
        for (int i = 0; i < 256; i++) {
            int flags = i == 0 ? 2 : i == 255 ? 1 : 0;
            long tsn = link.server.sctp.receivedTsn() + 1;
            link.server.receive(
                    link.nowNs, Packets.to(link.server, ChunkType.DATA, flags, Packets.data(tsn, 0, 1, 51, kilobyte)));
        }
        assertThat(link.server.texts).containsExactly("k".repeat(Reassembly.MAX_MESSAGE_BYTES));
    }

    /// RFC 3758 §3.6: the peer gave up the middle of one message and a whole one; what is complete still comes.
    @Test
    void skipsWhatThePeerGaveUp() {
        VirtualLink link = withChannel(10);
        long tsn = link.server.sctp.receivedTsn();
        link.server.receive(link.nowNs, data(link.server, tsn + 1, 2, 'x'));
        link.server.receive(link.nowNs, data(link.server, tsn + 3, 1, 'z'));
        link.server.receive(link.nowNs, data(link.server, tsn + 4, 3, 'a'));
        link.server.receive(link.nowNs, data(link.server, tsn + 6, 3, 'b'));
        assertThat(link.server.texts).isEmpty();
        byte[] skip = ByteBuffer.allocate(4).putInt((int) (tsn + 5)).array();
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.FORWARD_TSN, 0, skip));
        assertThat(link.server.texts).containsExactly("a", "b");
        assertThat(link.server.sctp.receivedTsn()).isEqualTo(tsn + 6);
    }

    /// RFC 9260 §5.1.1, RFC 6525 §3: the peer takes two streams and knows no resets.
    @Test
    void livesWithAPeerOfFewStreamsAndNoResets() {
        SctpPeer peer = SctpPeer.server(11);
        assertThat(peer.sctp.openChannel("first", "")).isEqualTo(1);
        assertThat(peer.sctp.openChannel("second", "")).isEqualTo(3);
        byte[] init = Packets.hex("00000007 00100000 0002 0002 00000001");
        peer.receive(0, Packets.packet(0, ChunkType.INIT, 0, init));
        byte[] initAck = peer.poll(0).getFirst();
        byte[] cookie = Arrays.copyOfRange(initAck, 12 + 4 + 16 + 12 + 4, initAck.length);
        peer.receive(0, Packets.to(peer, ChunkType.COOKIE_ECHO, 0, cookie));
        assertThat(peer.events).containsExactly("close 3");
        peer.poll(0);
        peer.sctp.closeChannel(1);
        byte[] sack = ByteBuffer.allocate(12)
                .put(initAck, 12 + 4 + 12, 4)
                .putInt(100_000)
                .array();
        peer.receive(0, Packets.to(peer, ChunkType.SACK, 0, sack));
        assertThat(peer.poll(0)).isEmpty();
        assertThat(peer.events).containsExactly("close 3", "close 1");
        assertThat(peer.sctp.openChannel("third", "")).isEqualTo(1);
    }

    private static VirtualLink withChannel(long seed) {
        VirtualLink link = VirtualLink.connected(seed, Path.PERFECT);
        link.client.sctp.openChannel("ion-sfu", "SCTP");
        link.run(200);
        return link;
    }

    private static void give(SctpPeer to, int flags, int stream, int ppid, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        byte[] value = Packets.data(to.sctp.receivedTsn() + 1, stream, 1, ppid, bytes);
        to.receive(2_000 * VirtualLink.MS, Packets.to(to, ChunkType.DATA, flags, value));
    }

    private static byte[] data(SctpPeer to, long tsn, int flags, int payload) {
        return Packets.to(to, ChunkType.DATA, flags, Packets.data(tsn, 0, 1, 51, (byte) payload));
    }
}
