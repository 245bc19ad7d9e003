package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkSrtpCiphersTest {
    private static final long GCM_BYTES_PER_PACKET = 1100;
    private static final long COUNTER_MODE_BYTES_PER_PACKET = 200;

    @Nested
    class InArrays extends SrtpCiphersContract {
        @Override
        SessionCiphers ciphers() {
            return new JdkSrtpCiphers();
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
            return new JdkSrtpCiphers();
        }

        @Override
        MemorySegment allocate(int bytes) {
            return Arena.ofAuto().allocate(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinItsBudgetOfGarbage(SrtpProfile profile) {
        long budget = switch (profile) {
            case AEAD_AES_128_GCM -> GCM_BYTES_PER_PACKET;
            case AES_CM_128_HMAC_SHA1_80 -> COUNTER_MODE_BYTES_PER_PACKET;
        };
        assertThat(Allocation.perSealedAndOpenedPacket(new JdkSrtpCiphers(), profile))
                .isLessThan(2.0 * budget);
    }
}
