package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;

/// Self-test of an SRTP provider before it is trusted with calls.
final class KnownAnswer {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");
    private static final byte[] PLAIN = HEX.parseHex("800f1234decafbadcafebabeabababababababababababababababab");
    private static final int HEADER_BYTES = 12;
    private static final int SSRC = 0xCAFEBABE;
    private static final long INDEX = 0x1234;

    private KnownAnswer() {}

    /// Whether both profiles seal and open the sample packet as they should, and refuse a forged one.
    static boolean passes(SrtpCiphers ciphers) {
        try {
            return passes(
                            ciphers,
                            SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                            "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb")
                    && passes(
                            ciphers,
                            SrtpProfile.AEAD_AES_128_GCM,
                            "0eca0cf95ee955b26cd3d288b49f6ca959171450975f4144da9cdd7ae989a277");
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    private static boolean passes(SrtpCiphers ciphers, SrtpProfile profile, String expectedBody) {
        byte[] salt = Arrays.copyOf(SALT, profile.saltBytes());
        byte[] packet = Arrays.copyOf(PLAIN, PLAIN.length + profile.rtpTagBytes());
        MemorySegment view = MemorySegment.ofArray(packet);
        try (SrtpCipher cipher = ciphers.create(profile, KEY, salt)) {
            int sealed = cipher.sealRtp(view, 0, HEADER_BYTES, PLAIN.length, SSRC, INDEX);
            if (sealed != packet.length
                    || !HEX.formatHex(packet, HEADER_BYTES, sealed).equals(expectedBody)) {
                return false;
            }
            int opened = cipher.openRtp(view, 0, HEADER_BYTES, sealed, SSRC, INDEX);
            if (opened != PLAIN.length || !Arrays.equals(packet, 0, opened, PLAIN, 0, opened)) {
                return false;
            }
            cipher.sealRtp(view, 0, HEADER_BYTES, PLAIN.length, SSRC, INDEX);
            packet[HEADER_BYTES] ^= 1;
            return cipher.openRtp(view, 0, HEADER_BYTES, sealed, SSRC, INDEX) == SrtpCipher.FAILED;
        }
    }
}
