package dev.stoa.media.rtc.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// RFC 3550 §4, §6.4.1.
class NtpTimeTest {
    @Test
    void countsSecondsFrom1900() {
        assertThat(NtpTime.ofUnixMillis(0) >>> 32).isEqualTo(2_208_988_800L);
        assertThat(NtpTime.ofUnixMillis(1500) & 0xFFFF_FFFFL).isEqualTo(0x8000_0000L);
    }

    @Test
    void movesOnByNanoseconds() {
        long ntp = NtpTime.ofUnixMillis(1_000_000);
        assertThat(NtpTime.plus(ntp, 2_250_000_000L) - ntp).isEqualTo((2L << 32) + (1L << 30));
        assertThat(NtpTime.plus(ntp, 86_400_000_000_000L * 365) - ntp).isEqualTo(86_400L * 365 << 32);
    }

    @Test
    void convertsCompactUnits() {
        assertThat(NtpTime.compact(0x1111_2222_3333_4444L)).isEqualTo(0x2222_3333);
        assertThat(NtpTime.toCompactUnits(1_500_000_000L)).isEqualTo(98_304);
        assertThat(NtpTime.fromCompactUnits(98_304)).isEqualTo(1_500_000_000L);
        assertThat(NtpTime.toCompactUnits(Long.MAX_VALUE / 2)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void ticksBetweenTwoTimesAreSignedAndWhole() {
        long start = NtpTime.ofUnixMillis(1_700_000_000_900L);
        long later = NtpTime.plus(start, 1_500_000_000L);
        assertThat(NtpTime.ticksBetween(start, later, 90_000)).isBetween(134_999L, 135_000L);
        assertThat(NtpTime.ticksBetween(later, start, 90_000)).isBetween(-135_000L, -134_999L);
        assertThat(NtpTime.ticksBetween(start, start, 48_000)).isZero();
        assertThat(NtpTime.ticksBetween(start, NtpTime.plus(start, 86_400_000_000_000L), 90_000))
                .isEqualTo(86_400L * 90_000);
    }
}
