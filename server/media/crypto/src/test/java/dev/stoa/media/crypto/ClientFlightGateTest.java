package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClientFlightGateTest {
    private static final byte[] CERTIFICATE_VERIFY = record(22, 0, 30);
    private static final byte[] CHANGE_CIPHER_SPEC = record(20, 0, 1);
    private static final byte[] FINISHED = record(22, 1, 40);

    private final QueueTransport transport = new QueueTransport(() -> {});
    private final ClientFlightGate gate = new ClientFlightGate(transport);

    /// RFC 6347 §4.1: a ChangeCipherSpec that overtook the CertificateVerify waits for it.
    @Test
    void holdsTheCipherChangeAndWhatFollowsUntilOpened() throws Exception {
        deliver(CHANGE_CIPHER_SPEC);
        deliver(FINISHED);
        assertThat(read()).isNull();
        assertThat(read()).isNull();
        deliver(CERTIFICATE_VERIFY);
        assertThat(read()).isEqualTo(CERTIFICATE_VERIFY);
        gate.open();
        assertThat(read()).isEqualTo(CHANGE_CIPHER_SPEC);
        assertThat(read()).isEqualTo(FINISHED);
    }

    @Test
    void takesADatagramWithTheWholeFlightApart() throws Exception {
        deliver(CERTIFICATE_VERIFY, CHANGE_CIPHER_SPEC, FINISHED);
        assertThat(read()).isEqualTo(CERTIFICATE_VERIFY);
        assertThat(read()).isNull();
        gate.open();
        assertThat(read()).isEqualTo(CHANGE_CIPHER_SPEC);
        assertThat(read()).isEqualTo(FINISHED);
    }

    @Test
    void isTransparentOnceOpen() throws Exception {
        gate.open();
        deliver(CERTIFICATE_VERIFY, CHANGE_CIPHER_SPEC, FINISHED);
        assertThat(read()).hasSize(CERTIFICATE_VERIFY.length + CHANGE_CIPHER_SPEC.length + FINISHED.length);
    }

    @Test
    void passesNoTruncatedRecord() throws Exception {
        deliver(Arrays.copyOf(CERTIFICATE_VERIFY, 20));
        deliver(Arrays.copyOf(CERTIFICATE_VERIFY, 5));
        assertThat(read()).isNull();
        assertThat(read()).isNull();
    }

    @Test
    void holdsNoMoreThanAFlightNeeds() throws Exception {
        for (int i = 0; i < 40; i++) {
            deliver(FINISHED);
            read();
        }
        gate.open();
        int held = 0;
        while (read() != null) {
            held++;
        }
        assertThat(held).isEqualTo(16);
    }

    private void deliver(byte[]... records) {
        var datagram = new ByteArrayOutputStream();
        for (byte[] record : records) {
            datagram.writeBytes(record);
        }
        byte[] bytes = datagram.toByteArray();
        transport.offer(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    private byte[] read() throws Exception {
        byte[] buffer = new byte[2048];
        int length = gate.receive(buffer, 0, buffer.length, 1);
        return length < 0 ? null : Arrays.copyOf(buffer, length);
    }

    private static byte[] record(int type, int epoch, int length) {
        byte[] record = new byte[13 + length];
        Arrays.fill(record, (byte) length);
        record[0] = (byte) type;
        record[3] = 0;
        record[4] = (byte) epoch;
        record[11] = 0;
        record[12] = (byte) length;
        return record;
    }
}
