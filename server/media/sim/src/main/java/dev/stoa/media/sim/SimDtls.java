package dev.stoa.media.sim;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Pretended DTLS: one round trip, no secrecy, no threads; makes calls run in virtual time. Never for real networks.
public final class SimDtls implements DtlsFactory {
    private final SrtpProfile profile;
    private final RandomGenerator random;
    private final Fingerprint fingerprint;

    public SimDtls(SrtpProfile profile, RandomGenerator random) {
        this.profile = profile;
        this.random = random;
        this.fingerprint = SimDtlsRecord.fingerprint(randomBytes(SimDtlsRecord.ID_BYTES));
    }

    @Override
    public Fingerprint localFingerprint() {
        return fingerprint;
    }

    @Override
    public DtlsEndpoint server(Runnable wakeup) {
        return new Endpoint(profile, wakeup, randomBytes(SimDtlsRecord.secretBytes(profile)));
    }

    /// The other side.
    public Client client() {
        return new Client(profile, randomBytes(SimDtlsRecord.ID_BYTES));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Client side; the owner calls [#retransmit] until it is connected.
    public static final class Client extends Endpoint {
        private final byte[] id;

        private Client(SrtpProfile profile, byte[] id) {
            super(profile, () -> {}, null);
            this.id = id;
        }

        /// Sends the hello (again).
        public void retransmit() {
            if (state() == State.HANDSHAKING) {
                send(SimDtlsRecord.hello(id));
            }
        }

        public Fingerprint fingerprint() {
            return SimDtlsRecord.fingerprint(id);
        }
    }

    private static sealed class Endpoint implements DtlsEndpoint permits Client {
        private static final int MAX_QUEUED = 1024;

        private final SrtpProfile profile;
        private final Runnable wakeup;
        /// What the server makes its keys of; null on the client.
        private final byte @Nullable [] secret;
        private final Queue<byte[]> outgoing = new ArrayDeque<>();
        private final Queue<byte[]> data = new ArrayDeque<>();
        private State state = State.HANDSHAKING;
        private @Nullable SrtpKeys keys;
        private @Nullable Fingerprint remote;

        Endpoint(SrtpProfile profile, Runnable wakeup, byte @Nullable [] secret) {
            this.profile = profile;
            this.wakeup = wakeup;
            this.secret = secret;
        }

        @Override
        public void receive(MemorySegment buffer, long offset, int length) {
            byte[] record = SimDtlsRecord.bytes(buffer, offset, length);
            switch (record[0]) {
                case SimDtlsRecord.HANDSHAKE -> onHandshake(record);
                case SimDtlsRecord.DATA -> onData(record);
                case SimDtlsRecord.ALERT -> close(record.length);
                default -> {}
            }
            wakeup.run();
        }

        private void onHandshake(byte[] record) {
            int idEnd = 2 + SimDtlsRecord.ID_BYTES;
            byte[] ours = secret;
            if (ours != null && record.length == idEnd && record[1] == SimDtlsRecord.HELLO) {
                byte[] id = Arrays.copyOfRange(record, 2, idEnd);
                remote = SimDtlsRecord.fingerprint(id);
                send(SimDtlsRecord.answer(id, ours));
                connect(ours);
            } else if (ours == null
                    && record.length == idEnd + SimDtlsRecord.secretBytes(profile)
                    && record[1] == SimDtlsRecord.ANSWER) {
                connect(Arrays.copyOfRange(record, idEnd, record.length));
            }
        }

        private void connect(byte[] secret) {
            if (state == State.HANDSHAKING) {
                keys = SimDtlsRecord.keys(profile, secret);
                state = State.CONNECTED;
            }
        }

        private void onData(byte[] record) {
            if (state == State.CONNECTED && data.size() < MAX_QUEUED) {
                data.add(record);
            }
        }

        private void close(int length) {
            if (length == 1 && state == State.CONNECTED) {
                state = State.CLOSED;
            }
        }

        final void send(byte[] record) {
            if (outgoing.size() < MAX_QUEUED) {
                outgoing.add(record);
            }
        }

        @Override
        public int pollDatagram(MemorySegment out, long offset, int capacity) {
            byte[] record = outgoing.poll();
            return record == null ? 0 : SimDtlsRecord.write(record, out, offset, capacity);
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public @Nullable SrtpKeys srtpKeys() {
            return keys;
        }

        @Override
        public boolean remoteMatches(Fingerprint fingerprint) {
            return fingerprint.equals(remote);
        }

        @Override
        public int pollData(MemorySegment out, long offset, int capacity) {
            byte[] record = data.poll();
            if (record == null || record.length - 1 > capacity) {
                return 0;
            }
            MemorySegment.copy(MemorySegment.ofArray(record), 1, out, offset, record.length - 1);
            return record.length - 1;
        }

        @Override
        public void sendData(MemorySegment payload, long offset, int length) {
            if (state != State.CONNECTED) {
                return;
            }
            byte[] record = new byte[length + 1];
            record[0] = SimDtlsRecord.DATA;
            MemorySegment.copy(payload, offset, MemorySegment.ofArray(record), 1, length);
            send(record);
        }

        @Override
        public void close() {
            if (state == State.CONNECTED) {
                send(new byte[] {SimDtlsRecord.ALERT});
            }
            state = State.CLOSED;
        }
    }
}
