package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any datagrams at the place where DTLS records are told apart (RFC 6347 §4.1): whole records of the first epoch
/// pass, those behind a ChangeCipherSpec wait, a bounded number of them; nothing is made up and nothing thrown.
final class DtlsRecordFuzzTest {
    private static final byte CUT = (byte) 0xFE;
    private static final int HEADER = 13;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "16 fefd 0000 000000000001 0003 aabbcc 14 fefd 0000 000000000002 0001 01",
                        "16 fefd 0001 000000000000 0004 01020304 16 fefd 0000 000000000003 0001 0e",
                        "16 fefd 0000 000000000001 ffff aa",
                        "15 fefd 0000 000000000001 0002 0228")
                .map(hex -> HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void anyDatagramIsTakenApartWithoutLoss(byte[] bytes) throws IOException {
        QueueTransport transport = new QueueTransport(() -> {});
        ClientFlightGate gate = new ClientFlightGate(transport);
        transport.endHandshake();
        int from = 0;
        for (int datagrams = 0; datagrams < 16 && from < bytes.length; datagrams++) {
            int to = from;
            while (to < bytes.length && bytes[to] != CUT) {
                to++;
            }
            transport.offer(MemorySegment.ofArray(bytes), from, to - from);
            read(gate, true);
            from = to + 1;
        }
        gate.open();
        int held = 0;
        while (read(gate, false) > 0) {
            held++;
        }
        assertThat(held).isLessThanOrEqualTo(16);
    }

    private static int read(ClientFlightGate gate, boolean closed) throws IOException {
        byte[] buffer = new byte[2048];
        int length;
        try {
            length = gate.receive(buffer, 0, buffer.length, 0);
        } catch (QueueTransport.WouldBlock nothing) {
            return -1;
        }
        if (closed && length > 0) {
            wholeRecordsOfTheFirstEpoch(Arrays.copyOf(buffer, length));
        }
        return length;
    }

    private static void wholeRecordsOfTheFirstEpoch(byte[] passed) {
        int at = 0;
        while (at < passed.length) {
            assertThat(passed.length - at).isGreaterThanOrEqualTo(HEADER);
            assertThat(passed[at]).isNotEqualTo((byte) 20);
            assertThat(passed[at + 3] | passed[at + 4]).isZero();
            at += HEADER + ((passed[at + 11] & 0xFF) << 8 | passed[at + 12] & 0xFF);
        }
        assertThat(at).isEqualTo(passed.length);
    }
}
