package dev.stoa.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.webhook.WebhookSettings;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No secret can be read in the database by who has not the key.
final class SealedSecretsTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final SecretBox KEY = SecretBoxTest.box(1);

    /// Part of every secret below.
    private static final String SECRET = "swordfish";

    @TempDir
    private Path directory;

    private static void fill(Store store) {
        store.workspaces().save(new Workspace("w", "a", "key-1", SECRET + "-1"));
        store.accessKeys().add(new AccessKey("key-2", "w", NOW, null), SECRET + "-2");
        store.webhooks().save(new WebhookSettings("w", null, Map.of("X-Token", SECRET + "-3"), SECRET + "-4"));
        store.templates()
                .save(new Template(
                        "t",
                        "w",
                        "t",
                        true,
                        Map.of(),
                        Map.of("secretKey", SECRET + "-5"),
                        Map.of("rtmp", SECRET + "-6"),
                        Map.of(),
                        NOW,
                        NOW));
        store.rooms().save(room("r", SECRET + "-7", SECRET + "-8"));
    }

    private static Room room(String id, String recording, String webhook) {
        return new Room(
                id,
                "w",
                id,
                "",
                true,
                "t",
                "eu",
                false,
                null,
                null,
                Map.of("secret", recording),
                Map.of("headers", webhook),
                List.of(),
                NOW,
                NOW);
    }

    private static void assertReadable(Store store) {
        assertThat(store.workspaces().byId("w")).map(Workspace::appSecret).contains(SECRET + "-1");
        assertThat(store.workspaces().byAccessKey("key-2"))
                .map(Workspace::appSecret)
                .contains(SECRET + "-2");
        WebhookSettings webhooks = store.webhooks().settings("w").orElseThrow();
        assertThat(webhooks.headers()).containsEntry("X-Token", SECRET + "-3");
        assertThat(webhooks.signingKey()).isEqualTo(SECRET + "-4");
        Template template = store.templates().byId("w", "t").orElseThrow();
        assertThat(template.settings()).containsEntry("secretKey", SECRET + "-5");
        assertThat(template.destinations()).containsEntry("rtmp", SECRET + "-6");
        Room room = store.rooms().byId("r").orElseThrow();
        assertThat(room.recordingInfo()).containsEntry("secret", SECRET + "-7");
        assertThat(room.webhook()).containsEntry("headers", SECRET + "-8");
    }

    /// Everything in all tables as text.
    private static String content(StoreKind.Opener database) throws Exception {
        StringBuilder all = new StringBuilder();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("workspaces", "access_keys", "workspace_webhooks", "templates", "rooms")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            all.append(rows.getString(i)).append('\n');
                        }
                    }
                }
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenWithAKeyIsSealed(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        try (Store store = database.open(KEY)) {
            fill(store);
            assertReadable(store);
        }

        assertThat(content(database)).contains("key-1").doesNotContain(SECRET);
        try (Store store = database.open(KEY)) {
            assertReadable(store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasPlainBeforeIsSealedAtTheStart(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        try (Store store = database.open()) {
            fill(store);
            for (int i = 0; i < 600; i++) {
                store.rooms().save(room("many-" + i, SECRET, SECRET));
            }
        }
        assertThat(content(database)).contains(SECRET);

        try (Store store = database.open(KEY)) {
            assertReadable(store);
        }

        assertThat(content(database)).contains("key-1").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void theWrongKeyOrNoneDoesNotOpenTheStore(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        try (Store store = database.open(KEY)) {
            fill(store);
        }
        String before = content(database);

        assertThatThrownBy(() -> database.open(SecretBoxTest.box(2))).isInstanceOf(SecretsKeyException.class);
        assertThatThrownBy(database::open).isInstanceOf(SecretsKeyException.class);

        assertThat(content(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aSecretMovedToAnotherRowIsNotTaken(StoreKind kind) throws Exception {
        StoreKind.Opener database = kind.empty(directory);
        try (Store store = database.open(KEY)) {
            fill(store);
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE access_keys SET secret = (SELECT a.secret FROM access_keys a"
                    + " WHERE a.access_key = 'key-2') WHERE access_key = 'key-1'");
        }

        assertThatThrownBy(() -> database.open(KEY))
                .isInstanceOf(SecretsKeyException.class)
                .hasMessageContaining("access_keys.secret:key-1");
    }
}
