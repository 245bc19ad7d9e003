package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {
    private static final HexFormat HEX = HexFormat.of();

    private final KeyDerivation kdf = new KeyDerivation(
            HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139"), HEX.parseHex("0ec675ad498afeebb6960b3aabe6"));

    /// RFC 3711 B.3.
    @Test
    void derivesTheCipherKeySaltAndAuthKeyOfRfc3711() {
        assertThat(HEX.formatHex(kdf.derive(KeyDerivation.RTP_ENCRYPTION, 16)))
                .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(kdf.derive(KeyDerivation.RTP_SALT, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(kdf.derive(KeyDerivation.RTP_AUTHENTICATION, 94)))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175"
                        + "578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59"
                        + "bbfc2f34db60dbdfb2");
    }

    /// RFC 3711 §4.3.2: six labels, six keys.
    @Test
    void everyLabelGivesAnotherKey() {
        assertThat(java.util.stream.IntStream.rangeClosed(0, 5).mapToObj(label -> HEX.formatHex(kdf.derive(label, 16))))
                .doesNotHaveDuplicates()
                .hasSize(6);
    }

    @Test
    void refusesKeysOfTheWrongLength() {
        assertThatThrownBy(() -> SessionKeys.derive(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[14]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
