package dev.stoa.media.sim;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/// The datagrams of the pretended DTLS. First bytes as real ones (RFC 7983), contents in the clear:
///
/// ```
/// hello:  22 1 <client id, 32>
/// answer: 22 2 <client id, 32> <client key> <client salt> <server key> <server salt>
/// data:   23 <payload>
/// close:  21
/// ```
final class SimDtlsRecord {
    static final int HANDSHAKE = 22;
    static final int DATA = 23;
    static final int ALERT = 21;
    static final int HELLO = 1;
    static final int ANSWER = 2;
    static final int ID_BYTES = 32;

    private SimDtlsRecord() {}

    static byte[] hello(byte[] id) {
        byte[] record = new byte[2 + ID_BYTES];
        record[0] = HANDSHAKE;
        record[1] = HELLO;
        System.arraycopy(id, 0, record, 2, ID_BYTES);
        return record;
    }

    static byte[] answer(byte[] id, byte[] secret) {
        byte[] record = Arrays.copyOf(hello(id), 2 + ID_BYTES + secret.length);
        record[1] = ANSWER;
        System.arraycopy(secret, 0, record, 2 + ID_BYTES, secret.length);
        return record;
    }

    static int secretBytes(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    static SrtpKeys keys(SrtpProfile profile, byte[] secret) {
        int key = profile.keyBytes();
        int salt = profile.saltBytes();
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(secret, 0, key),
                Arrays.copyOfRange(secret, key, key + salt),
                Arrays.copyOfRange(secret, key + salt, 2 * key + salt),
                Arrays.copyOfRange(secret, 2 * key + salt, 2 * key + 2 * salt));
    }

    static byte[] bytes(MemorySegment buffer, long offset, int length) {
        return buffer.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    }

    static int write(byte[] record, MemorySegment out, long offset, int capacity) {
        if (record.length > capacity) {
            return 0;
        }
        MemorySegment.copy(record, 0, out, ValueLayout.JAVA_BYTE, offset, record.length);
        return record.length;
    }

    static Fingerprint fingerprint(byte[] id) {
        String hex = HexFormat.ofDelimiter(":").formatHex(id).toUpperCase(Locale.ROOT);
        return new Fingerprint("sha-256", hex);
    }
}
