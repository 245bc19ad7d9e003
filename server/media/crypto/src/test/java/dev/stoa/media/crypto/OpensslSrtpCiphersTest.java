package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("dev.stoa.media.crypto.LibCrypto#available")
class OpensslSrtpCiphersTest {
    private static SessionCiphers openssl() {
        return (SessionCiphers) OpensslSrtpCiphers.load().orElseThrow();
    }

    @Nested
    class InArrays extends SrtpCiphersContract {
        @Override
        SessionCiphers ciphers() {
            return openssl();
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
            return openssl();
        }

        @Override
        MemorySegment allocate(int bytes) {
            return Arena.ofAuto().allocate(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingPerPacket(SrtpProfile profile) {
        assertThat(Allocation.perSealedAndOpenedPacket(openssl(), profile)).isLessThan(0.1);
    }

    @Test
    void isChosenWhereNothingFasterWorks() {
        assertThat(SrtpCipherChoice.best(Optional.empty(), OpensslSrtpCiphers.load())
                        .name())
                .isEqualTo("openssl");
    }

    @ParameterizedTest
    @EnumSource
    void refusesToWorkOnceClosed(SrtpProfile profile) {
        SrtpCipher cipher = openssl().create(profile, new byte[16], new byte[profile.saltBytes()]);
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
        try (SrtpCipher cipher = openssl().create(profile, new byte[16], new byte[profile.saltBytes()])) {
            assertThatThrownBy(() -> cipher.sealRtp(packet, 0, 12, 32, 1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
