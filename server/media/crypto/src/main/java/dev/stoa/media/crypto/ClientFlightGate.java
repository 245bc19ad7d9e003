package dev.stoa.media.crypto;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DatagramTransport;

/// Keeps a client's ChangeCipherSpec, and all behind it, back until its CertificateVerify has been read.
///
/// Bouncy Castle's record layer changes its read epoch as soon as it sees a ChangeCipherSpec and then drops records of
/// the epoch before. When the datagram with the CertificateVerify was lost or late, no repetition would ever
/// be read and the handshake would hang until its time-out. RFC 6347 §4.1 asks for nothing but order here.
///
/// Used by the handshake's thread until the gate is open and by the worker afterwards.
final class ClientFlightGate implements DatagramTransport {
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int EPOCH_AT = 3;
    private static final int LENGTH_AT = 11;
    private static final int MAX_HELD_RECORDS = 16;

    private final DatagramTransport inner;
    private final ArrayDeque<byte[]> held = new ArrayDeque<>(2);
    private boolean open;

    ClientFlightGate(DatagramTransport inner) {
        this.inner = inner;
    }

    void open() {
        open = true;
    }

    @Override
    public int receive(byte[] buf, int off, int len, int waitMillis) throws IOException {
        byte[] record = open ? held.poll() : null;
        if (record != null) {
            int length = Math.min(len, record.length);
            System.arraycopy(record, 0, buf, off, length);
            return length;
        }
        int length = inner.receive(buf, off, len, waitMillis);
        return open || length < 0 ? length : sift(buf, off, off + length);
    }

    /// Leaves the records that may pass at `off` and returns their length, -1 when there is none.
    private int sift(byte[] buf, int off, int end) {
        int passed = off;
        int at = off;
        while (end - at >= RECORD_HEADER_BYTES) {
            int size = RECORD_HEADER_BYTES + uint16(buf, at + LENGTH_AT);
            if (size > end - at) {
                break;
            }
            if (buf[at] != ContentType.change_cipher_spec && uint16(buf, at + EPOCH_AT) == 0) {
                System.arraycopy(buf, at, buf, passed, size);
                passed += size;
            } else if (held.size() < MAX_HELD_RECORDS) {
                held.add(Arrays.copyOfRange(buf, at, at + size));
            }
            at += size;
        }
        return passed == off ? -1 : passed - off;
    }

    private static int uint16(byte[] buf, int at) {
        return (buf[at] & 0xFF) << 8 | (buf[at + 1] & 0xFF);
    }

    @Override
    public int getReceiveLimit() throws IOException {
        return inner.getReceiveLimit();
    }

    @Override
    public int getSendLimit() throws IOException {
        return inner.getSendLimit();
    }

    @Override
    public void send(byte[] buf, int off, int len) throws IOException {
        inner.send(buf, off, len);
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
