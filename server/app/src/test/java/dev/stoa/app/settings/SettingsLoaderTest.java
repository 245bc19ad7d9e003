package dev.stoa.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.store.SecretBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsLoaderTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private static Settings load(Map<String, String> environment, Map<String, String> flags) {
        return SettingsLoader.load(null, environment, flags);
    }

    @Test
    void startsWithTheDocumentedDefaults() {
        Settings settings = load(Map.of(), Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.mediaPort()).isEqualTo(7882);
        assertThat(settings.data()).isEqualTo(Path.of("./data"));
        assertThat(settings.gracePeriod()).isEqualTo(Duration.ofSeconds(75));
        assertThat(settings.rooms())
                .isEqualTo(new RoomSettings(
                        Duration.ofHours(12), 20, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofDays(30)));
        assertThat(settings.kept())
                .isEqualTo(new KeptSettings(Duration.ofDays(365), Duration.ofDays(30), Duration.ofDays(90)));
        assertThat(settings.bandwidthEstimation()).isFalse();
        assertThat(settings.loudestMicrophones()).isEqualTo(50);
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.accessKey()).isNull();
        assertThat(settings.publicAddresses()).isEmpty();
    }

    @Test
    void flagsBeatEnvironmentBeatsFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("stoa.conf"), "stoa { port = 1001, media-port = 2001, host = \"::1\" }");

        Settings settings = SettingsLoader.load(
                file, Map.of("STOA_PORT", "1002", "STOA_MEDIA_PORT", "2002"), Map.of("port", "1003"));

        assertThat(settings.port()).isEqualTo(1003);
        assertThat(settings.mediaPort()).isEqualTo(2002);
        assertThat(settings.host()).isEqualTo("::1");
    }

    @Test
    void listsAreSeparatedByCommas() {
        Settings settings = load(Map.of("STOA_PUBLIC_ADDRESS", "203.0.113.7, 2001:db8::1"), Map.of());

        assertThat(settings.publicAddresses()).containsExactly("203.0.113.7", "2001:db8::1");
    }

    @Test
    void switchesAreOnOrOff() {
        assertThat(load(Map.of("STOA_BANDWIDTH_ESTIMATION", "off"), Map.of()).bandwidthEstimation())
                .isFalse();
        assertThat(load(Map.of(), Map.of("bandwidth-estimation", "on")).bandwidthEstimation())
                .isTrue();
    }

    @Test
    void takesTheTrailingSlashOffThePublicUrl() {
        assertThat(load(Map.of(), Map.of("public-url", "https://live.example.org/"))
                        .publicUrl())
                .isEqualTo("https://live.example.org");
    }

    @Test
    void neverPrintsTheSecret() {
        Settings settings = load(Map.of("STOA_ACCESS_KEY", "key-12345678", "STOA_APP_SECRET", SECRET), Map.of());

        assertThat(settings.appSecret()).isEqualTo(SECRET);
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536, 0..65535",
        "port, http, port",
        "media-port, -1, 0..65535",
        "media-workers, 65, 0..64",
        "media-workers, -1, 0..64",
        "media-spread, 0, 1..1000000",
        "public-address, not-an-ip, IP address",
        "public-address, localhost, IP address",
        "public-url, ftp://x, http(s)",
        "public-url, https://x/path, without a path",
        "public-url, :::, URL",
        "grace-period, 0 s, between",
        "grace-period, soon, grace-period",
        "consent-timeout, 5 minutes, between",
        "datagram-io, uring, one of",
        "srtp-cipher, rot13, one of",
        "bandwidth-estimation, perhaps, bandwidth-estimation",
        "loudest-microphones, 0, loudest-microphones",
        "log-level, loud, one of",
        "store-url, mysql://db/stoa, jdbc:postgresql",
        "store-url, jdbc:postgresql:stoa, jdbc:postgresql",
        "store-url, jdbc:postgresql://db/, jdbc:postgresql",
        "store-url, jdbc:postgresql://db/stoa?user=a&password=b, store-password-file",
        "store-url, jdbc:postgresql://a:b@db/stoa, store-password-file",
        "store-password-file, /nowhere/at/all, cannot read",
        "store-connections, 0, 1..200",
        "secrets-key-file, /nowhere/at/all, cannot read",
        "session-limit, 30 s, between",
        "session-limit, 8 d, between",
        "messages-per-second, 0, 1..10000",
        "messages-per-second, many, messages-per-second",
        "message-round, 2 s, between",
        "statistics-interval, 500 ms, must be 0",
        "statistics-interval, 6 m, between",
        "statistics-kept, 1 h, between",
        "history-kept, 0 d, between",
        "webhooks-kept, 23 h, between",
        "audit-kept, 3651 d, between",
        "audit-kept, for ever, audit-kept",
        "webhook-networks, 10.0.0.0/33, not a network",
        "webhook-networks, localhost, not a network",
        "trusted-proxies, proxy.example.org, not a network",
        "public-requests-per-second, 0, 1..1000000",
        "public-request-burst, -1, 1..1000000",
        "access-key, key-12345678, together",
        "app-secret, 0123456789abcdef0123456789abcdef, together",
    })
    void refusesBadValuesInOneLineThatNamesTheSetting(String key, String value, String said) {
        assertThatThrownBy(() -> load(Map.of(), Map.of(key, value)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void theStoreIsEmbeddedUnlessAnAddressIsGiven() {
        assertThat(load(Map.of(), Map.of()).store())
                .isEqualTo(new StoreSettings(null, null, null, 10, null, SecretBox.plain()));
    }

    @Test
    void takesThePasswordOfTheStoreFromAFileAndNeverPrintsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), " swordfish\n");

        Settings settings = load(
                Map.of("STOA_STORE_URL", "jdbc:postgresql://db:5433/stoa?sslmode=require", "STOA_STORE_USER", "stoa"),
                Map.of("store-password-file", file.toString()));

        assertThat(settings.store())
                .isEqualTo(new StoreSettings(
                        "jdbc:postgresql://db:5433/stoa?sslmode=require",
                        "stoa",
                        "swordfish",
                        10,
                        null,
                        SecretBox.plain()));
        assertThat(settings.store().toString() + settings).doesNotContain("swordfish");
        assertThatThrownBy(() ->
                        load(Map.of("STOA_STORE_PASSWORD", "other"), Map.of("store-password-file", file.toString())))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("only one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not base64!",
                "c2hvcnQ=",
                "0123456789abcdef0123456789abcdef",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aKeyOfAnotherSizeIsRefusedAndNotRepeated(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), content);

        assertThatThrownBy(() -> load(Map.of(), Map.of("secrets-key-file", file.toString())))
                .isInstanceOf(BadSettingException.class)
                .message()
                .startsWith("secrets-key-file: must hold 32 random bytes")
                .satisfies(said ->
                        assertThat(content.isEmpty() || !said.contains(content)).isTrue());
    }

    @Test
    void aKeyIsRawOrBase64() throws IOException {
        byte[] key = new byte[32];
        key[0] = -1;
        Path raw = Files.write(folder.resolve("raw"), key);
        Path text =
                Files.writeString(folder.resolve("text"), Base64.getEncoder().encodeToString(key) + "\n");

        StoreSettings first =
                load(Map.of(), Map.of("secrets-key-file", raw.toString())).store();
        StoreSettings second =
                load(Map.of(), Map.of("secrets-key-file", text.toString())).store();

        assertThat(first.secrets().seals()).isTrue();
        assertThat(first.secrets()).hasToString(second.secrets().toString());
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "ipsec-mb, IPSEC_MB", "openssl, OPENSSL", "jdk, JDK"})
    void takesTheNameOfASrtpCipher(String text, Settings.SrtpCipherKind kind) {
        assertThat(load(Map.of(), Map.of("srtp-cipher", text)).srtpCipher()).isEqualTo(kind);
    }

    @Test
    void refusesAShortSecret() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("access-key", "key-12345678", "app-secret", "short")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("app-secret");
    }

    @Test
    void refusesAFileWithASettingItDoesNotKnow() throws IOException {
        Path file = Files.writeString(folder.resolve("stoa.conf"), "stoa { prot = 1 }");

        assertThatThrownBy(() -> SettingsLoader.load(file, Map.of(), Map.of()))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("unknown setting prot");
    }

    @Test
    void refusesAFileThatIsMissingOrBroken() throws IOException {
        assertThatThrownBy(() -> SettingsLoader.load(folder.resolve("none.conf"), Map.of(), Map.of()))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("cannot read");
        Path broken = Files.writeString(folder.resolve("broken.conf"), "stoa { port = ");
        assertThatThrownBy(() -> SettingsLoader.load(broken, Map.of(), Map.of()))
                .isInstanceOf(BadSettingException.class)
                .message()
                .doesNotContain("\n");
    }
}
