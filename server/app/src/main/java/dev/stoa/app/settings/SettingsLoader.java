package dev.stoa.app.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.stoa.api.http.Network;
import dev.stoa.store.SecretBox;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts reference, file, environment and flags together and checks every value.
public final class SettingsLoader {
    private static final String ROOT = "stoa";
    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MOST_WORKERS = 64;

    private SettingsLoader() {}

    /// @param file null = none
    /// @param environment variables, of which those that start with `STOA_` count
    /// @param flags by key of `reference.conf`; lists separated by commas
    /// @throws BadSettingException with one clear line
    public static Settings load(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        Config reference = ConfigFactory.parseResources(SettingsLoader.class.getClassLoader(), "reference.conf")
                .getConfig(ROOT);
        Config config = overrides(reference, flags, "flag --")
                .withFallback(
                        overrides(reference, fromEnvironment(reference, environment), "environment variable for "))
                .withFallback(fromFile(reference, file))
                .withFallback(reference);
        try {
            return read(config.resolve());
        } catch (ConfigException wrong) {
            throw new BadSettingException(oneLine(wrong));
        }
    }

    private static Settings read(Config config) {
        String accessKey = textOrNull(config, "access-key");
        String appSecret = textOrNull(config, "app-secret");
        checkKeys(accessKey, appSecret);
        return new Settings(
                config.getString("host"),
                port(config, "port"),
                publicUrl(config),
                Path.of(config.getString("data")),
                StoreSettings.read(config),
                port(config, "media-port"),
                mediaWorkers(config),
                config.getBoolean("media-single-port"),
                number(config, "media-spread", 1, 1_000_000),
                addresses(config),
                accessKey,
                appSecret,
                RoomSettings.read(config),
                KeptSettings.read(config),
                duration(config, "grace-period", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                duration(config, "consent-timeout", Duration.ofSeconds(2), Duration.ofSeconds(60)),
                choice(config, "datagram-io", Settings.DatagramIoKind.class),
                choice(config, "srtp-cipher", Settings.SrtpCipherKind.class),
                config.getBoolean("bandwidth-estimation"),
                number(config, "loudest-microphones", 1, 1_000_000),
                number(config, "checks-per-address", 1, 1_000_000),
                number(config, "handshakes-per-address", 1, 1_000_000),
                number(config, "requests-per-second", 1, 1_000_000),
                number(config, "request-burst", 1, 1_000_000),
                PublicApiSettings.read(config),
                networks(config, "webhook-networks"),
                config.getStringList("ice-servers"),
                oneOf(config, "log-level", Set.of("error", "warn", "info", "debug")));
    }

    static List<Network> networks(Config config, String key) {
        return config.getStringList(key).stream()
                .map(text -> Network.parse(text)
                        .orElseThrow(() ->
                                new BadSettingException(key + ": " + text + " is not a network such as 10.0.0.0/8")))
                .toList();
    }

    private static void checkKeys(@Nullable String accessKey, @Nullable String appSecret) {
        if ((accessKey == null) != (appSecret == null)) {
            throw new BadSettingException("access-key and app-secret must be given together");
        }
        if (accessKey != null && !ACCESS_KEY.matcher(accessKey).matches()) {
            throw new BadSettingException("access-key: 8 to 64 letters, digits, - or _");
        }
        if (appSecret != null && appSecret.length() < MIN_SECRET_BYTES) {
            throw new BadSettingException(
                    "app-secret: at least " + MIN_SECRET_BYTES + " characters (HS256 needs 256 bits)");
        }
        if (appSecret != null && appSecret.startsWith(SecretBox.PREFIX)) {
            throw new BadSettingException("app-secret: must not begin with " + SecretBox.PREFIX);
        }
    }

    private static int port(Config config, String key) {
        int port = config.getInt(key);
        if (port < 0 || port > 65_535) {
            throw new BadSettingException(key + ": " + port + " is not in 0..65535");
        }
        return port;
    }

    private static int mediaWorkers(Config config) {
        int set = number(config, "media-workers", 0, MOST_WORKERS);
        int workers = set == 0 ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS) : set;
        int last = config.getInt("media-port") + workers - 1;
        if (last > 65_535 && !config.getBoolean("media-single-port")) {
            throw new BadSettingException("media-port: " + workers + " media workers need the ports up to " + last);
        }
        return workers;
    }

    static int number(Config config, String key, int least, int most) {
        int value = config.getInt(key);
        if (value < least || value > most) {
            throw new BadSettingException(key + ": " + value + " is not in " + least + ".." + most);
        }
        return value;
    }

    private static @Nullable String publicUrl(Config config) {
        String text = textOrNull(config, "public-url");
        if (text == null) {
            return null;
        }
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            URI uri = URI.create(base);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null) {
                return base;
            }
        } catch (IllegalArgumentException notUri) {
            throw new BadSettingException("public-url: not a URL");
        }
        throw new BadSettingException("public-url: must be http(s)://host[:port] without a path");
    }

    private static List<String> addresses(Config config) {
        List<String> addresses = config.getStringList("public-address");
        for (String address : addresses) {
            if (!isIpLiteral(address)) {
                throw new BadSettingException("public-address: " + address + " is not an IP address");
            }
        }
        return addresses;
    }

    private static boolean isIpLiteral(String text) {
        if (!IP_LITERAL.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException notAddress) {
            return false;
        }
    }

    private static Duration duration(Config config, String key, Duration least, Duration most) {
        Duration value = config.getDuration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadSettingException(
                    key + ": must be between " + least.toSeconds() + " s and " + most.toSeconds() + " s");
        }
        return value;
    }

    private static <E extends Enum<E>> E choice(Config config, String key, Class<E> type) {
        String text = config.getString(key);
        for (E value : type.getEnumConstants()) {
            if (word(value).equals(text)) {
                return value;
            }
        }
        throw new BadSettingException(key + ": must be one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(SettingsLoader::word)
                        .toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String oneOf(Config config, String key, Set<String> words) {
        String text = config.getString(key);
        if (!words.contains(text)) {
            throw new BadSettingException(
                    key + ": must be one of " + words.stream().sorted().toList());
        }
        return text;
    }

    private static @Nullable String textOrNull(Config config, String key) {
        String text = config.getString(key);
        return text.isEmpty() ? null : text;
    }

    private static Config overrides(Config reference, Map<String, String> values, String origin) {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String key = entry.getKey();
            boolean list = reference.getValue(key).valueType() == ConfigValueType.LIST;
            Object value = list ? commaSeparated(entry.getValue()) : entry.getValue();
            config = config.withValue(key, ConfigValueFactory.fromAnyRef(value, origin + key));
        }
        return config;
    }

    private static List<String> commaSeparated(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Map<String, String> fromEnvironment(Config reference, Map<String, String> environment) {
        Map<String, String> found = new java.util.HashMap<>();
        for (String key : reference.root().keySet()) {
            String value =
                    environment.get("STOA_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    private static Config fromFile(Config reference, @Nullable Path file) {
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isReadable(file)) {
            throw new BadSettingException("config: cannot read " + file);
        }
        try {
            Config config = ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            Config stoa = config.hasPath(ROOT) ? config.getConfig(ROOT) : ConfigFactory.empty();
            for (String key : stoa.root().keySet()) {
                if (!reference.hasPath(key)) {
                    throw new BadSettingException("config: unknown setting " + key);
                }
            }
            return stoa;
        } catch (ConfigException wrong) {
            throw new BadSettingException(oneLine(wrong));
        }
    }

    private static String oneLine(ConfigException wrong) {
        String message = wrong.getMessage();
        return message == null ? "settings cannot be read" : message.replaceAll("\\s*\\n\\s*", " ");
    }
}
