package dev.stoa.app.settings;

import com.typesafe.config.Config;
import dev.stoa.store.SecretBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which database the server keeps its data in.
///
/// @param url address of a PostgreSQL database as JDBC writes it, null = the embedded one in the data directory
/// @param user null = the account the server runs under
/// @param password null = none
/// @param connections most connections held open
/// @param secretsKeyFile null = secrets are kept as they are
/// @param secrets seals and opens with the key in that file
public record StoreSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        int connections,
        @Nullable Path secretsKeyFile,
        SecretBox secrets) {
    private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql://[^\\s/@?]+/[^\\s/?]+(\\?\\S*)?");
    private static final Pattern SECRET_INSIDE = Pattern.compile("(?i)[?&](password|user)=|://[^/]*@");
    private static final int MAX_CONNECTIONS = 200;

    static StoreSettings read(Config config) {
        String url = text(config, "store-url");
        if (url != null) {
            checkUrl(url);
        }
        int connections = config.getInt("store-connections");
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new BadSettingException("store-connections: " + connections + " is not in 1.." + MAX_CONNECTIONS);
        }
        String keyFile = text(config, "secrets-key-file");
        Path secretsKeyFile = keyFile == null ? null : Path.of(keyFile);
        return new StoreSettings(
                url,
                text(config, "store-user"),
                password(config),
                connections,
                secretsKeyFile,
                secretsKeyFile == null ? SecretBox.plain() : SecretsKeyFile.read(secretsKeyFile));
    }

    /// Messages do not repeat the address: it may hold what it should not.
    private static void checkUrl(String url) {
        if (SECRET_INSIDE.matcher(url).find()) {
            throw new BadSettingException(
                    "store-url: must not hold user or password; use store-user and store-password-file");
        }
        if (!POSTGRESQL.matcher(url).matches()) {
            throw new BadSettingException("store-url: must be jdbc:postgresql://host[:port]/database, or empty");
        }
    }

    private static @Nullable String password(Config config) {
        String given = text(config, "store-password");
        String file = text(config, "store-password-file");
        if (file == null) {
            return given;
        }
        if (given != null) {
            throw new BadSettingException("store-password and store-password-file: give only one of them");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unreadable) {
            throw new BadSettingException("store-password-file: cannot read " + file);
        }
    }

    private static @Nullable String text(Config config, String key) {
        String text = config.getString(key);
        return text.isEmpty() ? null : text;
    }

    /// Does not print the password.
    @Override
    public String toString() {
        return "StoreSettings[" + (url == null ? "embedded" : url) + "]";
    }
}
