package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IpsecMbSrtpCiphersTest {
    @BeforeEach
    void libraryIsHere() {
        assumeThat(LibIpsecMb.available())
                .as("skipped: libIPSec_MB (Debian package libipsec-mb1 or libipsec-mb2, x86-64 only) is not installed")
                .isTrue();
    }

    private static SessionCiphers ipsecMb() {
        return (SessionCiphers) IpsecMbSrtpCiphers.load().orElseThrow();
    }

    @Nested
    class InArrays extends SrtpCiphersContract {
        @Override
        SessionCiphers ciphers() {
            return ipsecMb();
        }

        @Override
        MemorySegment allocate(int bytes) {
            return MemorySegment.ofArray(new byte[bytes]);
        }
    }

    @Nested
    class OffHeap extends SrtpCiphersContract {
        @Override
        SessionCiphers ciphers() {
            return ipsecMb();
        }

        @Override
        MemorySegment allocate(int bytes) {
            return Arena.ofAuto().allocate(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingPerPacket(SrtpProfile profile) {
        assertThat(Allocation.perSealedAndOpenedPacket(ipsecMb(), profile)).isLessThan(0.1);
    }

    @Test
    void isPreferredToAllOthers() {
        assertThat(SrtpCipherChoice.best().name()).isEqualTo("ipsec-mb");
    }

    /// The sizes of the library's structures are not part of its interface as we use it.
    @Test
    void keepsInsideTheMemoryReservedForIt() {
        assertThat(IpsecMbBounds.hold()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void sealsWhatTheJdkSealsAndOpensIt(SrtpProfile profile) {
        byte[] key = new byte[16];
        byte[] salt = new byte[profile.saltBytes()];
        var random = new Random(7714);
        random.nextBytes(key);
        random.nextBytes(salt);
        try (SrtpCipher ours = ipsecMb().create(profile, key, salt);
                SrtpCipher jdk = new JdkSrtpCiphers().create(profile, key, salt)) {
            for (int length = 12; length < 1_400; length += 1 + length % 7) {
                byte[] plain = new byte[length];
                random.nextBytes(plain);
                MemorySegment left = withRoom(plain);
                MemorySegment right = withRoom(plain);
                int sealed = ours.sealRtp(left, 0, 12, length, 42, length);
                assertThat(jdk.sealRtp(right, 0, 12, length, 42, length)).isEqualTo(sealed);
                assertThat(left.mismatch(right)).isEqualTo(-1);
                assertThat(jdk.openRtp(left, 0, 12, sealed, 42, length)).isEqualTo(length);
                assertThat(ours.openRtp(right, 0, 12, sealed, 42, length)).isEqualTo(length);
                assertThat(right.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToWorkOnceClosed(SrtpProfile profile) {
        SrtpCipher cipher = ipsecMb().create(profile, new byte[16], new byte[profile.saltBytes()]);
        cipher.close();
        cipher.close();
        MemorySegment packet = Arena.ofAuto().allocate(64);
        assertThatThrownBy(() -> cipher.sealRtp(packet, 0, 12, 32, 1, 1)).isInstanceOf(IllegalStateException.class);
    }

    /// Native code gets a bare address, so the bounds are checked before.
    @ParameterizedTest
    @EnumSource
    void refusesAPacketWithoutRoomForItsTag(SrtpProfile profile) {
        MemorySegment packet = Arena.ofAuto().allocate(32);
        try (SrtpCipher cipher = ipsecMb().create(profile, new byte[16], new byte[profile.saltBytes()])) {
            assertThatThrownBy(() -> cipher.sealRtp(packet, 0, 12, 32, 1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static MemorySegment withRoom(byte[] plain) {
        MemorySegment packet = Arena.ofAuto().allocate(plain.length + 16);
        MemorySegment.copy(plain, 0, packet, ValueLayout.JAVA_BYTE, 0, plain.length);
        return packet;
    }
}
