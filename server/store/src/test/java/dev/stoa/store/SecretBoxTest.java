package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretBoxTest {
    private static final String PLACE = "access_keys.secret:key-1";

    private final SecretBox box = box(1);

    static SecretBox box(int filling) {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        Arrays.fill(key, (byte) filling);
        return SecretBox.of(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "ä𝄞\u0000", "{\"a\":\"b\"}"})
    void whatWasSealedOpensInItsPlace(String secret) {
        String sealed = box.seal(PLACE, secret);

        assertThat(sealed).matches("sealed:1:[0-9a-f]{8}:[A-Za-z0-9_-]+");
        assertThat(box.open(PLACE, sealed)).isEqualTo(secret);
    }

    /// NIST SP 800-38D §8: a nonce used twice would give both secrets away.
    @Test
    void theSameSecretIsSealedDifferentlyEachTime() {
        assertThat(box.seal(PLACE, "secret")).isNotEqualTo(box.seal(PLACE, "secret"));
    }

    @Test
    void valuesFromBeforeThereWasAKeyOpenAsTheyAre() {
        assertThat(box.open(PLACE, "plain")).isEqualTo("plain");
        assertThat(SecretBox.plain().seal(PLACE, "plain")).isEqualTo("plain");
    }

    @Test
    void anotherPlaceDoesNotOpenIt() {
        String sealed = box.seal(PLACE, "secret");

        assertThatThrownBy(() -> box.open("access_keys.secret:key-2", sealed))
                .isInstanceOf(SecretsKeyException.class)
                .hasMessageContaining("not of this row");
    }

    @Test
    void aMissingOrOtherKeyIsNamed() {
        String sealed = box.seal(PLACE, "secret");
        String id = sealed.substring(9, 17);

        assertThatThrownBy(() -> SecretBox.plain().open(PLACE, sealed))
                .isInstanceOf(SecretsKeyException.class)
                .hasMessageContaining("sealed with key " + id)
                .hasMessageContaining("secrets-key-file");
        assertThatThrownBy(() -> box(2).open(PLACE, sealed))
                .isInstanceOf(SecretsKeyException.class)
                .hasMessageContaining("sealed with key " + id);
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String sealed = box.seal(PLACE, "secret");
        for (int i = sealed.lastIndexOf(':') + 1; i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> box.open(PLACE, changed)).isInstanceOf(SecretsKeyException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed:", "sealed:1:", "sealed:2:00000000:AAAA", "sealed:1:zz"})
    void textsOfAnotherFormAreRefused(String stored) {
        assertThatThrownBy(() -> box.open(PLACE, stored))
                .isInstanceOf(SecretsKeyException.class)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void piecesOfASealedValueAreRefused(String content) {
        String prefix = box.seal(PLACE, "secret").substring(0, 18);

        assertThatThrownBy(() -> box.open(PLACE, prefix + content)).isInstanceOf(SecretsKeyException.class);
    }

    @Test
    void theKeyIsNotPrinted() {
        assertThat(box.toString()).matches("SecretBox\\[key [0-9a-f]{8}]");
        assertThatThrownBy(() -> SecretBox.of(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }
}
