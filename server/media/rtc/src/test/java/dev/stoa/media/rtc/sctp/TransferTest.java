package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.sctp.VirtualLink.Path;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages over bad paths arrive all, once and in order (RFC 9260 §6).
class TransferTest {
    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void deliversAMegabyteEachWayOverALossyReorderingDuplicatingPath(long seed) {
        VirtualLink link = VirtualLink.connected(seed, new Path(0.05, 0.05, 20, 30));
        exchange(link, seed, MEGABYTE);
        assertThat(link.client.sctp.counters().retransmittedChunks()).isPositive();
        assertThat(link.server.sctp.counters().fastRetransmits()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void deliversOverThirtyPercentLoss(long seed) {
        exchange(VirtualLink.connected(seed, new Path(0.3, 0, 15, 5)), seed, MEGABYTE / 8);
    }

    @Test
    void repeatsNothingOnAPerfectPath() {
        VirtualLink link = VirtualLink.connected(21, Path.PERFECT);
        exchange(link, 21, MEGABYTE);
        assertThat(link.client.sctp.counters().retransmittedChunks()).isZero();
        assertThat(link.server.sctp.counters().duplicateTsns()).isZero();
    }

    /// A blackout shorter than the retransmission limit heals by itself, within the cap of the timer.
    @Test
    void healsAfterABlackout() {
        VirtualLink link = VirtualLink.connected(31, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.run(200);
        link.drop = packet -> true;
        link.server.sctp.sendText(stream, "during");
        link.run(60_000);
        link.drop = packet -> false;
        link.run(Rto.MAX_NS / VirtualLink.MS + 100);
        assertThat(link.client.texts).containsExactly("during");
    }

    /// RFC 9260 §7.2.4: three missing reports, no timer.
    @Test
    void repeatsOneLostPacketWithoutWaitingForTheTimer() {
        VirtualLink link = VirtualLink.connected(41, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.run(500);
        String big = "x".repeat(1100);
        for (int i = 0; i < 3; i++) {
            link.server.sctp.sendText(stream, i + big);
            link.run(30);
        }
        int[] dataPackets = {0};
        link.drop = packet -> packet.length > 1000 && dataPackets[0]++ == 0;
        for (int i = 3; i < 9; i++) {
            link.server.sctp.sendText(stream, i + big);
        }
        long start = link.nowNs;
        assertThat(link.runUntil(() -> link.client.texts.size() == 9, 5_000)).isTrue();
        assertThat(link.nowNs - start).isLessThan(Rto.MIN_NS);
        assertThat(link.server.sctp.counters().fastRetransmits()).isEqualTo(1);
        assertThat(link.server.sctp.counters().timeouts()).isZero();
    }

    /// RFC 9260 §1.6: TSNs wrap at 2^32, here after a few packets on both sides.
    @ParameterizedTest
    @ValueSource(ints = {-1, -5, -100, Integer.MAX_VALUE - 20})
    void countsPastTheWrapOfTheTsn(int first) {
        VirtualLink link = new VirtualLink(
                first, new Path(0.1, 0.1, 10, 20), SctpPeer.numbered(true, first), SctpPeer.numbered(false, first + 1));
        exchange(VirtualLink.connected(link), first, MEGABYTE / 4);
    }

    /// RFC 9260 §6.1 A: one chunk probes a closed window, however long it stays closed.
    @Test
    void probesAPeerWithoutRoomAndNeverGivesUpOnIt() {
        VirtualLink link = VirtualLink.connected(61, Path.PERFECT);
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        link.run(500);
        SctpStateMachine server = link.server.sctp;
        int acked = (int) link.client.sctp.receivedTsn();
        byte[] full = ByteBuffer.allocate(12).putInt(acked).array();
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.SACK, 0, full));
        for (int i = 0; i < 4; i++) {
            server.sendText(stream, "x".repeat(1100));
        }
        assertThat(link.server.poll(link.nowNs)).hasSize(1);
        long now = link.nowNs;
        for (int i = 0; i < 100; i++) {
            now = server.nextTimeoutNs();
            server.handleTimeout(now);
            link.server.poll(now);
            link.server.receive(now, Packets.to(link.server, ChunkType.SACK, 0, full));
        }
        assertThat(link.server.events).containsExactly("open 1 ion-sfu");
        byte[] room = ByteBuffer.allocate(12).putInt(acked + 1).putInt(100_000).array();
        link.server.receive(now, Packets.to(link.server, ChunkType.SACK, 0, room));
        assertThat(link.server.poll(now)).isNotEmpty();
    }

    @Test
    void refusesWhatDoesNotFitItsSendBuffer() {
        SctpPeer alone = SctpPeer.server(51);
        int stream = alone.sctp.openChannel("ion-sfu", "");
        String text = "y".repeat(DataChannels.MAX_SENT_BYTES);
        int taken = 0;
        while (alone.sctp.sendText(stream, text)) {
            taken++;
        }
        assertThat(taken).isEqualTo(Outbound.BUFFER_BYTES / (DataChannels.MAX_SENT_BYTES + 1));
        assertThat(alone.sctp.sendText(stream, "z".repeat(DataChannels.MAX_SENT_BYTES + 1)))
                .isFalse();
        assertThat(alone.sctp.sendText(stream, "short")).isTrue();
    }

    private static void exchange(VirtualLink link, long seed, int bytesEachWay) {
        int stream = link.server.sctp.openChannel("ion-sfu", "");
        assertThat(link.runUntil(() -> !link.client.events.isEmpty(), 60_000))
                .as("seed %d", seed)
                .isTrue();
        List<String> down = messages(seed, bytesEachWay);
        List<String> up = messages(seed + 100, bytesEachWay);
        int[] sent = {0, 0};
        boolean done = link.runUntil(
                () -> {
                    sent[0] = push(link.server, stream, down, sent[0]);
                    sent[1] = push(link.client, stream, up, sent[1]);
                    link.drain();
                    return link.client.texts.size() >= down.size() && link.server.texts.size() >= up.size();
                },
                3_600_000);
        assertThat(done).as("seed %d ends", seed).isTrue();
        link.run(10_000);
        assertThat(link.client.texts.equals(down)).as("seed %d down", seed).isTrue();
        assertThat(link.server.texts.equals(up)).as("seed %d up", seed).isTrue();
        assertThat(link.client.sctp.isEstablished()).isTrue();
    }

    private static int push(SctpPeer from, int stream, List<String> messages, int sent) {
        int next = sent;
        while (next < messages.size() && from.sctp.sendText(stream, messages.get(next))) {
            next++;
        }
        return next;
    }

    /// Sizes from empty to the largest, most of them small.
    private static List<String> messages(long seed, int bytes) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> messages = new ArrayList<>();
        for (int total = 0; total < bytes; ) {
            int size = switch (random.nextInt(10)) {
                case 0 -> 0;
                case 1 -> random.nextInt(DataChannels.MAX_SENT_BYTES);
                default -> random.nextInt(3000);
            };
            char filler = (char) ('a' + messages.size() % 26);
            StringBuilder text = new StringBuilder(size);
            IntStream.range(0, size).forEach(i -> text.append((char) (filler + i % 3)));
            messages.add(text.toString());
            total += size + 1;
        }
        return messages;
    }
}
