package dev.stoa.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.room.Page;
import dev.stoa.store.PostgresSettings;
import dev.stoa.store.SqliteStore;
import dev.stoa.store.Store;
import dev.stoa.store.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoaCommandTest {
    @TempDir
    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// What somebody types when asked for a password.
    private @Nullable String password;

    private int run(String... args) {
        Environment environment = new Environment(
                Map.of("STOA_DATA", data.toString()),
                prompt -> Optional.ofNullable(password),
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
                "user",
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
    void whatWasDoneToKeysIsInTheAuditLog() throws IOException {
        assertThat(run("key", "create")).isZero();
        String made = out().substring(14, 38);
        assertThat(run("key", "revoke", made)).isZero();
        assertThat(run("key", "revoke", "nobody")).isEqualTo(1);

        try (Store store = SqliteStore.open(data)) {
            String workspace = store.workspaces().all().getFirst().id();
            assertThat(store.audit()
                            .list(workspace, "stoa", new Page.Request(10, null))
                            .data())
                    .extracting(AuditEntry::path, AuditEntry::object, AuditEntry::status)
                    .containsExactlyInAnyOrder(
                            tuple("key revoke", "nobody", 400),
                            tuple("key revoke", made, 200),
                            tuple("key create", made, 200));
        }
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

    private Path key(String name, char filling) throws IOException {
        String text = Base64.getEncoder()
                .encodeToString(String.valueOf(filling).repeat(32).getBytes(UTF_8));
        Path file = Files.writeString(data.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void withAKeySecretsAreInNoFileOfTheDataDirectory() throws IOException {
        assertThat(run("key", "show")).isZero();
        String secret = out().lines().skip(1).findFirst().orElseThrow().replaceAll(".*= \"|\"", "");
        assertThat(secret).hasSize(64);
        Path keyFile = key("secrets.key", 'a');

        out.reset();
        assertThat(run("key", "--secrets-key-file", keyFile.toString(), "show")).isZero();

        assertThat(out()).contains(secret);
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secret));
        }
        assertThat(data.resolve("keys.conf")).content(UTF_8).contains("./stoa key show");
    }

    @Test
    void theWrongKeyOrNoneIsOneLine() throws IOException {
        String right = key("right.key", 'a').toString();
        assertThat(run("key", "--secrets-key-file", right, "list")).isZero();

        String wrong = key("wrong.key", 'b').toString();
        assertThat(run("serve", "--port", "0", "--media-port", "0", "--secrets-key-file", wrong))
                .isEqualTo(2);
        assertThat(run("serve", "--port", "0", "--media-port", "0")).isEqualTo(2);

        assertThat(err().strip().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("stoa: cannot start: secrets-key-file holds key "),
                        line -> assertThat(line).contains("name its file by secrets-key-file"));
    }

    @Test
    void doctorTellsWhetherSecretsAreSealed() throws IOException {
        Path keyFile = key("secrets.key", 'a');
        String[] line = {"doctor", "--port", "0", "--media-port", "0", "--secrets-key-file", keyFile.toString()};
        run("doctor", "--port", "0", "--media-port", "0");
        assertThat(out()).containsPattern("ok +secrets-key-file +none: secrets are readable");

        out.reset();
        run(line);
        assertThat(out()).containsPattern("ok +secrets-key-file +secrets are sealed");

        out.reset();
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(line)).isEqualTo(ExitCode.FAILED);
        assertThat(out()).containsPattern("FAIL +secrets-key-file +anybody");
    }

    @Test
    void theFirstOwnerIsMadeByHand() {
        password = "correct horse battery";
        assertThat(run("user", "add", "--role", "owner", "Anna@Example.org")).isZero();
        assertThat(out())
                .containsPattern("[0-9a-f]{24} +owner +anna@example.org")
                .doesNotContain(password);

        out.reset();
        assertThat(run("user", "add", "--role", "member", "anna@example.org")).isEqualTo(1);
        assertThat(err()).startsWith("stoa: somebody has this e-mail address already");

        password = "another long password";
        assertThat(run("user", "password", "anna@example.org")).isZero();
        assertThat(run("user", "password", "nobody@example.org")).isEqualTo(1);
        out.reset();
        assertThat(run("user", "list")).isZero();
        assertThat(out()).containsPattern("[0-9a-f]{24} +owner +active +anna@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "king, anna@example.org, correct horse battery, --role",
        "owner, anna, correct horse battery, EMAIL",
        "owner, anna@example.org, short, 12 to 256 characters",
        "owner, anna@example.org, aaaaaaaaaaaaaaaa, over and over",
        "owner, anna@example.org, , standard input"
    })
    void usersThatWillNotDoAreRefused(String role, String email, @Nullable String typed, String said) {
        password = typed;
        assertThat(run("user", "add", "--role", role, email)).isEqualTo(2);
        assertThat(err().strip().lines()).hasSize(1).first().asString().contains(said);
        run("user", "list");
        assertThat(out()).isEmpty();
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

    /// Neither a database is made nor a handshake rehearsed for a server that cannot listen.
    @Test
    void aTakenHttpPortIsFoundBeforeAnythingElse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run("serve", "--host", "127.0.0.1", "--port", port, "--media-port", "0"))
                    .isEqualTo(2);
        }
        assertThat(err().strip().lines()).hasSize(1).first().asString().contains("the HTTP port is taken");
        assertThat(data).isEmptyDirectory();
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
