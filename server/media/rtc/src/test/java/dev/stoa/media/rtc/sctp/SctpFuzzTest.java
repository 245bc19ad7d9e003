package dev.stoa.media.rtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any chunks from a peer that has the tag, in one association: no exception, bounded memory, bounded answers.
///
/// The input is cut into packets at each `0xFE` byte; every packet gets ports, tag and checksum, so that all that is
/// left to be wrong is what the state machine has to judge (RFC 9260 §3.2, §3.3).
final class SctpFuzzTest {
    private static final int MAX_PACKETS = 32;
    private static final byte CUT = (byte) 0xFE;

    static Stream<byte[]> seeds() {
        return Stream.of(
                Packets.hex("01000014 00000007 00020000 ffff ffff 00000001"),
                Packets.hex("00030013 00000001 00000000 00000033 616263 00 fe 03000010 00000001 00020000 00000000"),
                Packets.hex("0300001c 00000001 00020000 0002 0001 00020003 00050006 00000004"),
                Packets.hex("82000010 000d 000c 00000001 00000001 00000001 fe 0a000004 fe 0b000004"),
                Packets.hex("c0000010 00000005 0001 0002 fe 04000008 00010004 fe 06000004 fe 07000008 00000001"),
                Packets.hex("00030020 00000001 00000000 00000032 03000000 00000000 0003 0000 616263 00"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void anyChunksLeaveTheAssociationStanding(byte[] bytes) {
        feed(bytes);
    }

    static void feed(byte[] bytes) {
        VirtualLink link = VirtualLink.connected(1, VirtualLink.Path.PERFECT);
        link.server.sctp.openChannel("ion-sfu", "");
        link.server.sctp.sendText(1, "hello");
        long now = link.nowNs;
        int from = 0;
        for (int packets = 0; packets < MAX_PACKETS && from < bytes.length; packets++) {
            int to = from;
            while (to < bytes.length && bytes[to] != CUT) {
                to++;
            }
            link.server.receive(now, packet(link.server.sctp.localTag(), Arrays.copyOfRange(bytes, from, to)));
            assertThat(link.server.poll(now)).hasSizeLessThan(64);
            now += 50_000_000;
            link.server.sctp.handleTimeout(now);
            from = to + 1;
        }
        assertThat(link.server.sctp.receiveWindow()).isBetween(0, Inbound.WINDOW_BYTES);
    }

    private static byte[] packet(int tag, byte[] chunks) {
        ByteBuffer out = ByteBuffer.allocate(12 + chunks.length);
        out.putShort((short) 5000).putShort((short) 5000).putInt(tag).putInt(0).put(chunks);
        return Packets.sealed(out.array());
    }
}
