package dev.stoa.media.crypto;

import static dev.stoa.media.rtc.srtp.SrtpCipher.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every SRTP provider must do, on every kind of memory. Sub-classes say which.
abstract class SrtpCiphersContract {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEADER = 12;
    private static final int SSRC = 0x5501A0B2;
    private static final long INDEX = (7L << 16) | 0xF17B;
    private static final int RTCP_INDEX = 0x5D4;
    private static final byte[] MASTER_KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] MASTER_SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    abstract SessionCiphers ciphers();

    abstract MemorySegment allocate(int bytes);

    // RFC 7714 §16 and §17 start from session keys.
    private SrtpCipher rfc7714() {
        byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = HEX.parseHex("517569642070726f2071756f");
        var keys = new SessionKeys(key, new byte[0], salt, key, new byte[0], salt);
        return ciphers().bind(SrtpProfile.AEAD_AES_128_GCM, keys);
    }

    /// RFC 7714 §16.1.1 and §16.1.2.
    @Test
    void sealsAndOpensTheRtpVectorOfRfc7714() {
        String plain = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e6973206469766973612"
                + "0696e207061727465732074726573";
        String sealed = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f"
                + "42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";
        MemorySegment packet = segment(HEX.parseHex(plain), 16);
        try (SrtpCipher cipher = rfc7714()) {
            int length = cipher.sealRtp(packet, 0, HEADER, plain.length() / 2, SSRC, 0xF17B);
            assertThat(hex(packet, length)).isEqualTo(sealed);
            assertThat(cipher.openRtp(packet, 0, HEADER, length, SSRC, 0xF17B)).isEqualTo(plain.length() / 2);
            assertThat(hex(packet, plain.length() / 2)).isEqualTo(plain);
        }
    }

    /// RFC 7714 §17.1 and §17.2.
    @Test
    void sealsAndOpensTheRtcpVectorOfRfc7714() {
        String plain = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
        String sealed = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32d"
                + "c676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";
        MemorySegment packet = segment(HEX.parseHex(plain), 20);
        try (SrtpCipher cipher = rfc7714()) {
            int length = cipher.sealRtcp(packet, 0, plain.length() / 2, 0x4D617273, RTCP_INDEX);
            assertThat(hex(packet, length)).isEqualTo(sealed);
            assertThat(cipher.openRtcp(packet, 0, length, 0x4D617273, RTCP_INDEX))
                    .isEqualTo(plain.length() / 2);
            assertThat(hex(packet, plain.length() / 2)).isEqualTo(plain);
        }
    }

    /// RFC 3711 B.2, including the blocks behind the wrap of the counter's low byte.
    @Test
    void producesTheCounterModeKeyStreamOfRfc3711() {
        byte[] key = HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c");
        byte[] salt = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd");
        var keys = new SessionKeys(key, new byte[20], salt, key, new byte[20], salt);
        int payload = 0xFF02 * 16;
        MemorySegment packet = segment(new byte[HEADER + payload], 10);
        try (SrtpCipher cipher = ciphers().bind(SrtpProfile.AES_CM_128_HMAC_SHA1_80, keys)) {
            cipher.sealRtp(packet, 0, HEADER, HEADER + payload, 0, 0);
        }
        byte[] stream = packet.asSlice(HEADER, payload).toArray(ValueLayout.JAVA_BYTE);
        assertThat(HEX.formatHex(stream, 0, 48))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
        assertThat(HEX.formatHex(stream, 0xFEFF * 16, 0xFF02 * 16))
                .isEqualTo("ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae"
                        + "6a2cc3787889374fbeb4c81b17ba6c44");
    }

    @Test
    void passesTheSelfTest() {
        assertThat(KnownAnswer.passes(ciphers())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatItSealedForEverySize(SrtpProfile profile) {
        var random = new Random(3711);
        try (SrtpCipher cipher = cipher(profile)) {
            for (int payload = 0; payload <= 1500; payload++) {
                byte[] plain = new byte[HEADER + payload];
                random.nextBytes(plain);
                MemorySegment packet = segment(plain, 16);
                int sealed = cipher.sealRtp(packet, 0, HEADER, plain.length, SSRC, INDEX + payload);
                assertThat(sealed).isEqualTo(plain.length + profile.rtpTagBytes());
                assertThat(bytes(packet, HEADER)).isEqualTo(Arrays.copyOf(plain, HEADER));
                assertThat(cipher.openRtp(packet, 0, HEADER, sealed, SSRC, INDEX + payload))
                        .isEqualTo(plain.length);
                assertThat(bytes(packet, plain.length)).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensRtcpItSealedForEverySize(SrtpProfile profile) {
        var random = new Random(7714);
        try (SrtpCipher cipher = cipher(profile)) {
            for (int rest = 0; rest <= 1492; rest += 4) {
                byte[] plain = new byte[8 + rest];
                random.nextBytes(plain);
                MemorySegment packet = segment(plain, 20);
                int sealed = cipher.sealRtcp(packet, 0, plain.length, SSRC, rest);
                assertThat(sealed).isEqualTo(plain.length + profile.rtcpTagBytes() + 4);
                assertThat(bytes(packet, 8)).isEqualTo(Arrays.copyOf(plain, 8));
                assertThat(cipher.openRtcp(packet, 0, sealed, SSRC, rest)).isEqualTo(plain.length);
                assertThat(bytes(packet, plain.length)).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksAtAnyOffsetAndTouchesNothingAround(SrtpProfile profile) {
        byte[] plain = sample(200);
        try (SrtpCipher cipher = cipher(profile)) {
            for (int offset = 0; offset < 17; offset++) {
                int size = plain.length + profile.rtpTagBytes();
                MemorySegment slab = allocate(offset + size + 9);
                slab.fill((byte) 0x5A);
                MemorySegment.copy(plain, 0, slab, ValueLayout.JAVA_BYTE, offset, plain.length);
                int sealed = cipher.sealRtp(slab, offset, HEADER, plain.length, SSRC, INDEX);
                assertThat(cipher.openRtp(slab, offset, HEADER, sealed, SSRC, INDEX))
                        .isEqualTo(plain.length);
                for (int i = 0; i < slab.byteSize(); i++) {
                    if (i < offset || i >= offset + size) {
                        assertThat(slab.get(ValueLayout.JAVA_BYTE, i)).isEqualTo((byte) 0x5A);
                    }
                }
            }
        }
    }

    /// RFC 3711 §4.2, RFC 7714 §8.2: header, payload and tag are all protected.
    @ParameterizedTest
    @EnumSource
    void refusesAPacketWithAnyByteChanged(SrtpProfile profile) {
        try (SrtpCipher cipher = cipher(profile)) {
            byte[] sealed = sealedRtp(cipher, sample(48));
            for (int i = 0; i < sealed.length; i++) {
                MemorySegment packet = segment(flipped(sealed, i), 0);
                assertThat(cipher.openRtp(packet, 0, HEADER, sealed.length, SSRC, INDEX))
                        .as("byte %d", i)
                        .isEqualTo(FAILED);
            }
            assertThat(cipher.openRtp(segment(sealed, 0), 0, HEADER, sealed.length, SSRC, INDEX))
                    .isEqualTo(HEADER + 48);
        }
    }

    /// RFC 3711 §3.4: the index is authenticated too; the caller reads it from the packet, as here.
    @ParameterizedTest
    @EnumSource
    void refusesAnRtcpPacketWithAnyByteChanged(SrtpProfile profile) {
        try (SrtpCipher cipher = cipher(profile)) {
            MemorySegment original = segment(sample(48), 20);
            int length = cipher.sealRtcp(original, 0, HEADER + 48, SSRC, RTCP_INDEX);
            byte[] sealed = bytes(original, length);
            int indexAt = switch (profile) {
                case AEAD_AES_128_GCM -> length - 4;
                case AES_CM_128_HMAC_SHA1_80 -> length - 14;
            };
            for (int i = 0; i < length; i++) {
                MemorySegment packet = segment(flipped(sealed, i), 0);
                int index = packet.get(BigEndian.INT, indexAt) & 0x7FFF_FFFF;
                assertThat(cipher.openRtcp(packet, 0, length, SSRC, index))
                        .as("byte %d", i)
                        .isEqualTo(FAILED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheWrongRollOverCounter(SrtpProfile profile) {
        try (SrtpCipher cipher = cipher(profile)) {
            byte[] sealed = sealedRtp(cipher, sample(48));
            assertThat(cipher.openRtp(segment(sealed, 0), 0, HEADER, sealed.length, SSRC, INDEX + (1L << 16)))
                    .isEqualTo(FAILED);
            assertThat(cipher.openRtp(segment(sealed, 0), 0, HEADER, sealed.length, SSRC, INDEX))
                    .isEqualTo(HEADER + 48);
        }
    }

    /// RFC 3711 §9.1: a key stream must never be used twice.
    @ParameterizedTest
    @EnumSource
    void everyPartOfTheIndexAndTheSsrcChangesTheKeyStream(SrtpProfile profile) {
        byte[] zeros = new byte[HEADER + 32];
        try (SrtpCipher cipher = cipher(profile)) {
            byte[] first = sealed(cipher, zeros, SSRC, INDEX);
            for (int bit = 0; bit < 48; bit++) {
                assertThat(sealed(cipher, zeros, SSRC, INDEX ^ 1L << bit))
                        .as("index bit %d", bit)
                        .isNotEqualTo(first);
            }
            for (int bit = 0; bit < 32; bit++) {
                assertThat(sealed(cipher, zeros, SSRC ^ 1 << bit, INDEX))
                        .as("ssrc bit %d", bit)
                        .isNotEqualTo(first);
            }
        }
    }

    /// A retransmission without RTX is the same packet once more.
    @ParameterizedTest
    @EnumSource
    void sealsTheSamePacketTwiceInARow(SrtpProfile profile) {
        try (SrtpCipher cipher = cipher(profile)) {
            byte[] first = sealedRtp(cipher, sample(48));
            assertThat(sealedRtp(cipher, sample(48))).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesPacketsTooShortForATag(SrtpProfile profile) {
        MemorySegment packet = allocate(64);
        try (SrtpCipher cipher = cipher(profile)) {
            for (int length = 0; length < HEADER + profile.rtpTagBytes(); length++) {
                assertThat(cipher.openRtp(packet, 0, HEADER, length, SSRC, INDEX))
                        .isEqualTo(FAILED);
            }
            for (int length = 0; length < 8 + 4 + profile.rtcpTagBytes(); length++) {
                assertThat(cipher.openRtcp(packet, 0, length, SSRC, RTCP_INDEX)).isEqualTo(FAILED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithJitsiOnRtp(SrtpProfile profile) throws Exception {
        byte[] salt = Arrays.copyOf(MASTER_SALT, profile.saltBytes());
        try (SrtpCipher cipher = cipher(profile);
                var sender = new JitsiOracle(true, profile, MASTER_KEY, salt, SSRC, 7);
                var receiver = new JitsiOracle(false, profile, MASTER_KEY, salt, SSRC, 7)) {
            for (int i = 0; i < 200; i++) {
                byte[] plain = sample(i * 7);
                MemorySegment.ofArray(plain).set(BigEndian.SHORT, 2, (short) (INDEX + i));
                byte[] ours = sealed(cipher, plain, SSRC, INDEX + i);
                assertThat(ours).isEqualTo(sender.sealRtp(plain));
                assertThat(receiver.openRtp(ours)).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithJitsiOnRtcp(SrtpProfile profile) throws Exception {
        byte[] salt = Arrays.copyOf(MASTER_SALT, profile.saltBytes());
        try (SrtpCipher cipher = cipher(profile);
                var sender = new JitsiOracle(true, profile, MASTER_KEY, salt, SSRC, 0);
                var receiver = new JitsiOracle(false, profile, MASTER_KEY, salt, SSRC, 0)) {
            for (int i = 0; i < 100; i++) {
                byte[] plain = sample(i * 12);
                MemorySegment.ofArray(plain).set(BigEndian.INT, 4, SSRC);
                MemorySegment packet = segment(plain, 20);
                int length = cipher.sealRtcp(packet, 0, plain.length, SSRC, i);
                byte[] ours = bytes(packet, length);
                assertThat(ours).isEqualTo(sender.sealRtcp(plain));
                assertThat(receiver.openRtcp(ours)).isEqualTo(plain);
            }
        }
    }

    private SrtpCipher cipher(SrtpProfile profile) {
        return ciphers().create(profile, MASTER_KEY, Arrays.copyOf(MASTER_SALT, profile.saltBytes()));
    }

    private static byte[] sample(int payload) {
        byte[] packet = new byte[HEADER + payload];
        new Random(payload).nextBytes(packet);
        MemorySegment header = MemorySegment.ofArray(packet);
        header.set(BigEndian.INT, 0, 0x8040F17B);
        header.set(BigEndian.INT, 8, SSRC);
        return packet;
    }

    private byte[] sealedRtp(SrtpCipher cipher, byte[] plain) {
        return sealed(cipher, plain, SSRC, INDEX);
    }

    private byte[] sealed(SrtpCipher cipher, byte[] plain, int ssrc, long index) {
        MemorySegment packet = segment(plain, 16);
        return bytes(packet, cipher.sealRtp(packet, 0, HEADER, plain.length, ssrc, index));
    }

    private static byte[] flipped(byte[] packet, int at) {
        byte[] copy = packet.clone();
        copy[at] ^= 0x10;
        return copy;
    }

    private MemorySegment segment(byte[] content, int room) {
        MemorySegment segment = allocate(content.length + room);
        MemorySegment.copy(content, 0, segment, ValueLayout.JAVA_BYTE, 0, content.length);
        return segment;
    }

    private static byte[] bytes(MemorySegment segment, int length) {
        return segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static String hex(MemorySegment segment, int length) {
        return HEX.formatHex(bytes(segment, length));
    }
}
