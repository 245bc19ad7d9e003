package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets written by hand from the drawings in RFC 9260 §3 and RFC 8832 §5.
class GoldenBytesTest {
    /// Every number it gives is the same.
    private static final RandomGenerator CONSTANT = () -> 0x0102030405060708L;

    /// RFC 9260 Appendix A with the check value of CRC-32C.
    @Test
    void theTestsOwnChecksumIsCastagnolis() {
        assertThat(Packets.crc32c("123456789".getBytes())).isEqualTo(0xE3069283);
    }

    @Test
    void writesInitByTheBook() {
        SctpPeer sink = SctpPeer.server(1);
        SctpStateMachine sctp = SctpStateMachine.dtlsServer(sink, CONSTANT, new byte[16]);
        sctp.connect(0);
        byte[] out = new byte[1200];
        int length = sctp.pollPacket(0, MemorySegment.ofArray(out), 0, 1200);
        byte[] expected = Packets.sealed(Packets.hex("""
                1388 1388 00000000 00000000
                01 00 0020
                01020304 00080000 0400 0400 01020304
                C000 0004
                8008 0006 82C0 0000"""));
        assertThat(ByteBuffer.wrap(out, 0, length)).isEqualTo(ByteBuffer.wrap(expected));
    }

    /// RFC 8832 §5.1 in a DATA chunk with B and E set, PPID 50.
    @Test
    void writesTheOpenMessageByTheBook() {
        VirtualLink link = VirtualLink.connected(2, VirtualLink.Path.PERFECT);
        int tag = link.client.sctp.localTag();
        int tsn = (int) link.client.sctp.receivedTsn() + 1;
        assertThat(link.server.sctp.openChannel("ion-sfu", "SCTP")).isEqualTo(1);
        byte[] sent = link.server.poll(link.nowNs).getLast();
        byte[] expected = Packets.hex("""
                1388 1388 00000000 00000000
                00 03 0027 00000000 0001 0000 00000032
                03 00 0000 00000000 0007 0004 696f6e2d736675 53435450 00""");
        ByteBuffer.wrap(expected).putInt(4, tag).putInt(16, tsn);
        assertThat(sent).isEqualTo(Packets.sealed(expected));
    }

    /// RFC 9260 §3.3.4: cumulative TSN, window, one gap block, one duplicate.
    @Test
    void writesSackWithGapAndDuplicateByTheBook() {
        VirtualLink link = VirtualLink.connected(3, VirtualLink.Path.PERFECT);
        long tsn = link.server.sctp.receivedTsn();
        link.server.receive(link.nowNs, data(link.server, tsn + 1));
        link.server.receive(link.nowNs, data(link.server, tsn + 1));
        link.server.receive(link.nowNs, data(link.server, tsn + 3));
        link.server.receive(link.nowNs, data(link.server, tsn + 4));
        byte[] expected = Packets.hex("""
                1388 1388 00000000 00000000
                03 00 0018 00000000 0007FFFE 0001 0001 0002 0003 00000000""");
        ByteBuffer.wrap(expected)
                .putInt(4, link.client.sctp.localTag())
                .putInt(16, (int) tsn + 1)
                .putInt(32, (int) tsn + 1);
        assertThat(link.server.poll(link.nowNs).getFirst()).isEqualTo(Packets.sealed(expected));
    }

    /// Chromium asks so for the channel of the publish connection; ours is acknowledged with PPID 50, 0x02.
    @Test
    void acknowledgesTheOpenMessageOfABrowser() {
        VirtualLink link = VirtualLink.connected(4, VirtualLink.Path.PERFECT);
        byte[] open = Packets.hex("03 00 0100 00000000 0007 0004 696f6e2d736675 53435450");
        long tsn = link.server.sctp.receivedTsn() + 1;
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.DATA, 3, Packets.data(tsn, 0, 0, 50, open)));
        assertThat(link.server.events).isEqualTo(List.of("open 0 ion-sfu"));
        byte[] answer = link.server.poll(link.nowNs).getFirst();
        // SACK first, then DATA with the acknowledgement.
        assertThat(answer[12]).isEqualTo((byte) ChunkType.SACK);
        ByteBuffer data = ByteBuffer.wrap(answer, 28, answer.length - 28);
        assertThat(data.getInt()).isEqualTo(0x0003_0011);
        data.getInt();
        assertThat(data.getLong()).isEqualTo(50L);
        assertThat(data.get()).isEqualTo((byte) 2);
    }

    /// RFC 6525 §4.1, §4.4: the reset is carried out and answered with "performed".
    @Test
    void answersAStreamResetByTheBook() {
        VirtualLink link = withChannelOfTheClient(5);
        long tsn = link.server.sctp.receivedTsn();
        assertThat(resetResult(link, (int) tsn, tsn)).isEqualTo(1);
        assertThat(link.server.events).containsExactly("open 0 mine", "close 0");
    }

    /// RFC 6525 §5.2.2: "in progress" until the data sent before the reset is here; then the peer asks again, with the
    /// same number or, as Chromium does, the next.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void letsAStreamResetWaitForTheDataBeforeIt(int numberOfTheSecondRequest) {
        VirtualLink link = withChannelOfTheClient(6);
        long tsn = link.server.sctp.receivedTsn();
        assertThat(resetResult(link, (int) tsn, tsn + 1)).isEqualTo(6);
        assertThat(link.server.events).containsExactly("open 0 mine");
        link.server.receive(link.nowNs, data(link.server, tsn + 1));
        assertThat(resetResult(link, (int) tsn + numberOfTheSecondRequest, tsn + 1))
                .isEqualTo(1);
        assertThat(link.server.events).containsExactly("open 0 mine", "close 0");
    }

    /// RFC 6525 §5.2.1: a request out of sequence is refused, a repeated one answered as before.
    @Test
    void refusesAStreamResetOutOfSequence() {
        VirtualLink link = withChannelOfTheClient(7);
        long tsn = link.server.sctp.receivedTsn();
        assertThat(resetResult(link, (int) tsn + 9, tsn)).isEqualTo(5);
        assertThat(link.server.events).containsExactly("open 0 mine");
        assertThat(resetResult(link, (int) tsn, tsn)).isEqualTo(1);
        assertThat(resetResult(link, (int) tsn, tsn)).isEqualTo(1);
    }

    private static VirtualLink withChannelOfTheClient(long seed) {
        VirtualLink link = VirtualLink.connected(seed, VirtualLink.Path.PERFECT);
        assertThat(link.client.sctp.openChannel("mine", "")).isZero();
        link.run(300);
        return link;
    }

    /// The result the server answers to a request to reset stream 0. The first request number is the first TSN, which
    /// here is the number of the only DATA chunk so far.
    private static int resetResult(VirtualLink link, int number, long lastTsn) {
        byte[] request = Packets.hex("000D 0012 00000000 00000000 00000000 0000");
        ByteBuffer.wrap(request).putInt(4, number).putInt(12, (int) lastTsn);
        link.server.receive(link.nowNs, Packets.to(link.server, ChunkType.RE_CONFIG, 0, request));
        for (byte[] packet : link.server.poll(link.nowNs)) {
            ByteBuffer all = ByteBuffer.wrap(packet);
            int response = packet.length - 12;
            if (all.getInt(response) == 0x0010_000C) {
                assertThat(all.getInt(response + 4)).isEqualTo(number);
                return all.getInt(response + 8);
            }
        }
        throw new AssertionError("no response");
    }

    private static byte[] data(SctpPeer to, long tsn) {
        return Packets.to(to, ChunkType.DATA, 3, Packets.data(tsn, 0, 0, 53, (byte) 1));
    }
}
