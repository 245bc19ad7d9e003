package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.sctp.VirtualLink.Path;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Acknowledgements packet by packet, in both directions (RFC 9260 §6.2, §6.3, §7.2.4).
class SackTest {
    private final VirtualLink link = VirtualLink.connected(1, Path.PERFECT);
    private final SctpPeer server = link.server;
    private int stream;
    private long acked;

    @BeforeEach
    void openChannel() {
        stream = server.sctp.openChannel("ion-sfu", "");
        link.run(500);
        acked = link.client.sctp.receivedTsn();
    }

    @Test
    void repeatsAtTheThirdMissingReportAndNotBefore() {
        sendFourPackets();
        assertThat(sentAfterSack(2, 2)).doesNotContain(1L);
        assertThat(sentAfterSack(2, 3)).doesNotContain(1L);
        assertThat(sentAfterSack(2, 4)).contains(1L);
        assertThat(sentAfterSack(2, 4)).doesNotContain(1L);
    }

    /// RFC 9260 §6.2.1 D iii: a gap block is a promise the peer may take back.
    @Test
    void sendsAgainWhatThePeerNoLongerHolds() {
        sendFourPackets();
        assertThat(sentAfterSack(2, 4)).doesNotContain(2L, 3L, 4L);
        assertThat(sentAfterSack()).contains(2L, 3L, 4L);
    }

    /// RFC 9260 §6.3.3: the timer doubles, and after it a single packet probes the path.
    @Test
    void sendsOnePacketWhenTheTimerExpiresAndWaitsTwiceAsLong() {
        sendFourPackets();
        long firstWait = server.sctp.nextTimeoutNs() - link.nowNs;
        long now = server.sctp.nextTimeoutNs();
        server.sctp.handleTimeout(now);
        assertThat(tsns(server.poll(now))).containsExactly(1L);
        assertThat(server.sctp.nextTimeoutNs() - now).isEqualTo(2 * firstWait);
    }

    /// RFC 9260 §6.2: every second packet at once, a single one after a delay.
    @Test
    void delaysTheSackOfASinglePacketOnly() {
        give(1);
        assertThat(server.poll(link.nowNs)).isEmpty();
        long due = server.sctp.nextTimeoutNs();
        assertThat(due - link.nowNs).isEqualTo(Inbound.SACK_DELAY_NS);
        server.sctp.handleTimeout(due);
        assertThat(server.poll(due)).hasSize(1);
        give(1);
        give(1);
        assertThat(server.poll(link.nowNs)).hasSize(1);
    }

    /// RFC 9260 §6.7: a gap is reported at once.
    @Test
    void reportsAGapAtOnce() {
        give(2);
        List<byte[]> sent = server.poll(link.nowNs);
        assertThat(sent).hasSize(1);
        assertThat(ByteBuffer.wrap(sent.getFirst()).getInt(24)).isEqualTo(1 << 16);
    }

    @Test
    void countsAPacketAheadOfAGapOnceHoweverOftenItComes() {
        give(3);
        int window = server.sctp.receiveWindow();
        give(3);
        give(3);
        assertThat(server.sctp.receiveWindow()).isEqualTo(window).isEqualTo(Inbound.WINDOW_BYTES - 1);
        assertThat(server.sctp.counters().duplicateTsns()).isEqualTo(2);
    }

    private void sendFourPackets() {
        for (int i = 0; i < 4; i++) {
            server.sctp.sendText(stream, "x".repeat(1100));
        }
        assertThat(tsns(server.poll(link.nowNs))).containsExactly(1L, 2L, 3L, 4L);
    }

    /// TSNs, counted from the last acknowledged, that go out after a SACK with one gap block or none.
    private List<Long> sentAfterSack(int... gap) {
        ByteBuffer sack = ByteBuffer.allocate(12 + 2 * gap.length)
                .putInt((int) acked)
                .putInt(100_000)
                .putShort((short) (gap.length / 2))
                .putShort((short) 0);
        for (int offset : gap) {
            sack.putShort((short) offset);
        }
        server.receive(link.nowNs, Packets.to(server, ChunkType.SACK, 0, sack.array()));
        return tsns(server.poll(link.nowNs));
    }

    private List<Long> tsns(List<byte[]> packets) {
        List<Long> tsns = new ArrayList<>();
        for (byte[] packet : packets) {
            assertThat(packet[12]).isEqualTo((byte) ChunkType.DATA);
            tsns.add(Tsn.widen(ByteBuffer.wrap(packet).getInt(16), acked) - acked);
        }
        return tsns;
    }

    /// A DATA chunk of one byte for the server, this far beyond what it has.
    private void give(int ahead) {
        byte[] value = Packets.data(server.sctp.receivedTsn() + ahead, stream, 0, 51, (byte) 'a');
        server.receive(link.nowNs, Packets.to(server, ChunkType.DATA, 3, value));
    }
}
