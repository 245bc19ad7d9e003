package dev.stoa.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.store.PostgresSettings;
import dev.stoa.store.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoaCommandTest {
    @TempDir
    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Environment environment = new Environment(
                Map.of("STOA_DATA", data.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return StoaCommand.run(environment, args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "serve --port many",
                "serve --port",
                "serve --no-such-flag",
                "token",
                "room",
                "key",
                "serve --public-address nowhere"
            })
    void badUsageIsOneLineAndStatusTwo(String line) {
        int status = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(err().strip().lines()).hasSize(1).first().asString().startsWith("stoa: ");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "token --help",
                "token app --help",
                "room create --help",
                "doctor --help"
            })
    void everyCommandExplainsItself(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out()).startsWith("Usage: stoa");
        assertThat(err()).isEmpty();
    }

    @Test
    void keysAreCreatedAndRevokedButForTheLast() {
        assertThat(run("key", "list")).isZero();
        String first = out().substring(0, 24);
        out.reset();
        assertThat(run("key", "revoke", first)).isEqualTo(1);
        assertThat(err()).startsWith("stoa: the last live access key cannot be revoked");

        assertThat(run("key", "create")).isZero();
        assertThat(out()).containsPattern("access-key = \"[0-9a-f]{24}\"\\Rapp-secret = \"[A-Za-z0-9]{64}\"");
        String secret = out().lines().skip(1).findFirst().orElseThrow();
        out.reset();
        assertThat(run("key", "revoke", first)).isZero();
        assertThat(out()).startsWith(first).contains("revoked");

        out.reset();
        assertThat(run("key", "list")).isZero();
        assertThat(out().lines()).hasSize(2);
        assertThat(data.resolve("keys.conf")).content(StandardCharsets.UTF_8).contains(secret);
    }

    @Test
    void aRevokedPairInTheSettingsStaysRevoked() {
        assertThat(run(
                        "key",
                        "--access-key",
                        "my-own-key",
                        "--app-secret",
                        "a secret of more than 32 characters",
                        "create"))
                .isZero();
        assertThat(run("key", "revoke", "my-own-key")).isZero();
        out.reset();
        assertThat(run(
                        "key",
                        "--access-key",
                        "my-own-key",
                        "--app-secret",
                        "a secret of more than 32 characters",
                        "list"))
                .isZero();
        assertThat(out()).containsPattern("my-own-key +made .* revoked ");
    }

    @Test
    void createsARoomWithACodePerRoleAndListsIt() {
        assertThat(run("room", "create", "--name", "standup")).isZero();
        assertThat(out())
                .containsPattern("host +[a-z]{3}-[a-z]{4}-[a-z]{3}")
                .containsPattern("guest +[a-z]{3}-[a-z]{4}-[a-z]{3}");
        String id = out().substring(0, 24);

        out.reset();
        assertThat(run("room", "list")).isZero();
        assertThat(out()).containsPattern(id + " +enabled +standup");

        out.reset();
        assertThat(run("token", "app", "--room", id, "--role", "host")).isZero();
        assertThat(out().strip().split("\\.")).hasSize(3);
    }

    @Test
    void saysWhatIsUnknown() {
        assertThat(run("room", "create", "--template", "none")).isEqualTo(1);
        assertThat(run("room", "show", "600000000000000000000000")).isEqualTo(1);
        assertThat(run("token", "app", "--room", "600000000000000000000000", "--role", "host"))
                .isEqualTo(1);
        assertThat(run("token", "management", "--hours", "0")).isEqualTo(2);
        assertThat(err().strip().lines()).hasSize(4);
    }

    @Test
    void keepsTheKeyPairInAFileOfItsOwner() throws Exception {
        assertThat(run("token", "management")).isZero();

        Path keys = data.resolve("keys.conf");
        assertThat(Files.readString(keys)).contains("access-key = \"").contains("app-secret = \"");
        assertThat(Files.getPosixFilePermissions(keys)).hasSize(2);
    }

    @Test
    void doctorNamesEachFinding() {
        run("doctor", "--port", "0", "--media-port", "0");

        assertThat(out())
                .contains("java")
                .contains("datagram-io")
                .contains("srtp-cipher")
                .contains("data")
                .containsPattern("ok +store +embedded");
    }

    @Test
    void doctorTriesTheDatabaseThatTheSettingsName() throws InterruptedException {
        try (TestPostgres postgres = TestPostgres.start()) {
            PostgresSettings database = postgres.newDatabase();
            String[] line = {
                "doctor",
                "--port",
                "0",
                "--media-port",
                "0",
                "--store-url",
                database.url(),
                "--store-user",
                String.valueOf(database.user())
            };
            run(line);
            assertThat(out()).containsPattern("ok +store +PostgreSQL \\d+.* answers");

            out.reset();
            postgres.kill();
            assertThat(run(line)).isEqualTo(ExitCode.FAILED);
            assertThat(out()).containsPattern("FAIL +store +check store-url, store-user");
        }
    }
}
