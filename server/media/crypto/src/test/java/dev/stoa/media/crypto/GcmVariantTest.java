package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcmVariantTest {
    private static final long AES_SSE = 0x1E;
    private static final long AVX2 = AES_SSE | 1 << 5 | 1 << 6 | 1 << 18;
    private static final long AVX512 = AVX2 | 0x1F << 7;
    private static final long VECTOR_AES = 1 | 1 << 12 | 1 << 13 | 1 << 16;

    @Test
    void takesNoPathWithoutAesInstructions() {
        assertThat(runningWith(0)).isEmpty();
        assertThat(runningWith(0x18)).isEmpty();
    }

    @Test
    void prefersWiderRegisters() {
        assertThat(runningWith(AES_SSE)).containsExactly(GcmVariant.SSE);
        assertThat(runningWith(AVX2)).first().isEqualTo(GcmVariant.AVX_GEN4);
        assertThat(runningWith(AVX512)).first().isEqualTo(GcmVariant.AVX512);
        assertThat(runningWith(AVX2 | VECTOR_AES)).first().isEqualTo(GcmVariant.VAES_AVX2);
        assertThat(runningWith(AVX512 | VECTOR_AES | 1 << 17)).first().isEqualTo(GcmVariant.VAES_AVX512);
    }

    private static List<GcmVariant> runningWith(long features) {
        return Arrays.stream(GcmVariant.values())
                .filter(variant -> variant.runsWith(features))
                .toList();
    }
}
