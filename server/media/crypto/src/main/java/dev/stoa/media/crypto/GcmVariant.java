package dev.stoa.media.crypto;

/// The code paths of Intel's multi-buffer library for AES-GCM, fastest first, with what each asks of the CPU.
///
/// The masks are those under which the library itself would choose the path; the bits are `IMB_FEATURE_*`, which
/// both ABI versions number alike.
enum GcmVariant {
    VAES_AVX512("vaes_avx512", Feature.AVX512_T2),
    VAES_AVX2("vaes_avx2", Feature.AVX2_T2),
    AVX512("avx512", Feature.AVX512),
    AVX_GEN4("avx_gen4", Feature.AVX2),
    AVX_GEN2("avx_gen2", Feature.AVX),
    SSE("sse", Feature.SSE);

    private final String suffix;
    private final long needed;

    GcmVariant(String suffix, long needed) {
        this.suffix = suffix;
        this.needed = needed;
    }

    /// End of the names of this path's functions.
    String suffix() {
        return suffix;
    }

    /// @param features what `imb_get_feature_flags` found
    boolean runsWith(long features) {
        return (features & needed) == needed;
    }

    private static final class Feature {
        private static final long SHANI = 1;
        private static final long AESNI = 1 << 1;
        private static final long PCLMULQDQ = 1 << 2;
        private static final long CMOV = 1 << 3;
        private static final long SSE4_2 = 1 << 4;
        private static final long AVX512_F_DQ_CD_BW_VL = 0x1F << 7;
        private static final long VAES = 1 << 12;
        private static final long VPCLMULQDQ = 1 << 13;
        private static final long GFNI = 1 << 16;
        private static final long AVX512_IFMA = 1 << 17;
        private static final long BMI2 = 1 << 18;

        static final long SSE = SSE4_2 | CMOV | AESNI | PCLMULQDQ;
        static final long AVX = SSE | 1 << 5;
        static final long AVX2 = AVX | 1 << 6 | BMI2;
        static final long AVX2_T2 = AVX2 | SHANI | VAES | VPCLMULQDQ | GFNI;
        static final long AVX512 = AVX2 | AVX512_F_DQ_CD_BW_VL;
        static final long AVX512_T2 = AVX512 | VAES | VPCLMULQDQ | GFNI | AVX512_IFMA | SHANI;
    }
}
